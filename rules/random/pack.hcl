# Random values, https://registry.terraform.io/providers/hashicorp/random
#
# Nothing here reaches anything: what takes a value as a password or a key is judged where it does.
pack "random" {
  sources = ["hashicorp/random"]
  prefix  = "random_"
  dialect = "terraform"
  secrets = ["base64", "b64_std", "b64_url", "bcrypt_hash", "content", "hex", "private_key_openssh", "private_key_pem", "private_key_pem_pkcs8", "result"]
}
