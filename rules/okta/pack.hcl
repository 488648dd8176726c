# Okta, https://registry.terraform.io/providers/okta/okta
pack "okta" {
  sources  = ["okta/okta"]
  prefix   = "okta_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description"]
}
