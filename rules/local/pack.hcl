# Files on the machine that applies, https://registry.terraform.io/providers/hashicorp/local
#
# A file may be a configuration, an approval, or what a shell reads when it starts.
pack "local" {
  sources = ["hashicorp/local"]
  prefix  = "local_"
  dialect = "terraform"
  secrets = ["base64", "b64_std", "b64_url", "bcrypt_hash", "content", "hex", "private_key_openssh", "private_key_pem", "private_key_pem_pkcs8", "result"]
}

acts "local_command" { reason = "runs a program while planning" }
