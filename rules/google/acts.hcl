# Data sources that make a secret while planning.

acts {
  google_service_account_access_token = "makes a token of a service account while planning"
  google_service_account_id_token     = "makes a token of a service account while planning"
  google_service_account_jwt          = "signs a token as a service account while planning"
  google_storage_object_signed_url    = "signs an address of a private object while planning"
}
