# Calls of addresses, https://registry.terraform.io/providers/hashicorp/http
#
# The provider has no resources, only a data source, which `rules/common` lists.
pack "http" {
  sources = ["hashicorp/http"]
  prefix  = "http"
  dialect = "terraform"
}
