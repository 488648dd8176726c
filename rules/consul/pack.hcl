# Consul, https://registry.terraform.io/providers/hashicorp/consul
pack "consul" {
  sources  = ["hashicorp/consul"]
  prefix   = "consul_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description"]
}
