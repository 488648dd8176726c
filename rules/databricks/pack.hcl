# Databricks, https://registry.terraform.io/providers/databricks/databricks
pack "databricks" {
  sources  = ["databricks/databricks", "databrickslabs/databricks"]
  prefix   = "databricks_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["comment", "timeouts"]
}
