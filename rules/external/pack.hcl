# Programs that run while planning, https://registry.terraform.io/providers/hashicorp/external
#
# The provider has no resources, only a data source, which `rules/common` lists.
pack "external" {
  sources = ["hashicorp/external"]
  prefix  = "external"
  dialect = "terraform"
}
