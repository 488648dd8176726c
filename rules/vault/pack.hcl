# Vault, https://registry.terraform.io/providers/hashicorp/vault
pack "vault" {
  sources  = ["hashicorp/vault"]
  prefix   = "vault_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description"]
}
