# Ephemeral resources, https://registry.terraform.io/providers/hashicorp/azurerm
#
# One that is not listed is judged as well, without these words.

opens {
  azurerm_key_vault_certificate = "reads a certificate with its key"
  azurerm_key_vault_secret      = "reads a secret"
}
