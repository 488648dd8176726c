# A resource that does nothing, https://registry.terraform.io/providers/hashicorp/null
#
# Its provisioners are found in the configuration.
pack "null" {
  sources = ["hashicorp/null"]
  prefix  = "null_"
  dialect = "terraform"
}
