# Data sources that make something, or read a path of Vault that may.

acts "vault_generic_secret" "vault_kv_secret" { reason = "reads any path of Vault while planning" }

acts "vault_*_access_credentials" "vault_aws_static_*" "vault_kubernetes_credentials" "vault_kubernetes_service_account_token" "vault_ldap_*_credentials" "vault_nomad_access_token" {
  reason = "takes credentials from Vault while planning"
}

acts "vault_ssh_secret_backend_sign" "vault_transit_sign" "vault_transit_cmac" {
  reason = "signs with a key of Vault while planning"
}
