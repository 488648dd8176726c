# Texts from templates, https://registry.terraform.io/providers/hashicorp/template (archived)
pack "template" {
  sources = ["hashicorp/template"]
  prefix  = "template_"
  dialect = "terraform"
}
