# Ephemeral resources, https://registry.terraform.io/providers/hashicorp/tls
#
# One that is not listed is judged as well, without these words.

opens {
  tls_private_key = "makes a key"
}
