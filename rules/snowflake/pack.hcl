# Snowflake, https://registry.terraform.io/providers/snowflakedb/snowflake
pack "snowflake" {
  sources  = ["snowflakedb/snowflake", "snowflake-labs/snowflake", "chanzuckerberg/snowflake"]
  prefix   = "snowflake_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["comment", "timeouts"]
}
