# Ephemeral resources, https://registry.terraform.io/providers/hashicorp/vault
#
# One that is not listed is judged as well, without these words.

opens {
  vault_aws_access_credentials           = "makes an access key"
  vault_azure_access_credentials         = "makes a credential of an application"
  vault_database_secret                  = "makes a login of a database"
  vault_gcp_oauth2_access_token          = "makes a token of a service account"
  vault_gcp_service_account_key          = "makes a key of a service account"
  vault_kubernetes_service_account_token = "makes a token of a service account"
  vault_kv_secret_v2                     = "reads a secret"
}
