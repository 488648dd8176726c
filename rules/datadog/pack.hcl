# Datadog, https://registry.terraform.io/providers/datadog/datadog
pack "datadog" {
  sources  = ["datadog/datadog"]
  prefix   = "datadog_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description"]
}
