# Nomad, https://registry.terraform.io/providers/hashicorp/nomad
pack "nomad" {
  sources  = ["hashicorp/nomad"]
  prefix   = "nomad_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description"]
}
