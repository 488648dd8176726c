# Ephemeral resources, https://registry.terraform.io/providers/hashicorp/google
#
# One that is not listed is judged as well, without these words.

opens {
  google_client_config                 = "reads the access token of the provider"
  google_secret_manager_secret_version = "reads a secret"
  google_service_account_access_token  = "makes a token of a service account"
  google_service_account_id_token      = "makes an identity token of a service account"
  google_service_account_jwt           = "signs a token as a service account"
  google_service_account_key           = "reads or makes a key of a service account"
}
