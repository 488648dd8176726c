# MongoDB Atlas, https://registry.terraform.io/providers/mongodb/mongodbatlas
pack "mongodbatlas" {
  sources  = ["mongodb/mongodbatlas"]
  prefix   = "mongodbatlas_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description", "timeouts"]
}
