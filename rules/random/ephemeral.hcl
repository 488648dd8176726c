# Ephemeral resources, https://registry.terraform.io/providers/hashicorp/random
#
# One that is not listed is judged as well, without these words.

opens {
  random_password = "makes a random text"
}
