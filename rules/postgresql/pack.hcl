# PostgreSQL, https://registry.terraform.io/providers/cyrilgdn/postgresql
pack "postgresql" {
  sources = ["cyrilgdn/postgresql"]
  prefix  = "postgresql_"
  dialect = "terraform"
  secrets = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
}
