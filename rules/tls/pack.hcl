# Keys and certificates, https://registry.terraform.io/providers/hashicorp/tls
#
# A key is made on the machine that applies, and the state keeps it.
pack "tls" {
  sources = ["hashicorp/tls"]
  prefix  = "tls_"
  dialect = "terraform"
  secrets = ["base64", "b64_std", "b64_url", "bcrypt_hash", "content", "hex", "private_key_openssh", "private_key_pem", "private_key_pem_pkcs8", "result"]
}
