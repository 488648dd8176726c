# Confluent, https://registry.terraform.io/providers/confluentinc/confluent
pack "confluent" {
  sources  = ["confluentinc/confluent"]
  prefix   = "confluent_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description", "display_name", "timeouts"]
}
