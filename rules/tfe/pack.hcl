# HCP Terraform and Terraform Enterprise, https://registry.terraform.io/providers/hashicorp/tfe
pack "tfe" {
  sources  = ["hashicorp/tfe"]
  prefix   = "tfe_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description"]
}
