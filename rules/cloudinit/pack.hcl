# Texts for machines that start, https://registry.terraform.io/providers/hashicorp/cloudinit
pack "cloudinit" {
  sources = ["hashicorp/cloudinit"]
  prefix  = "cloudinit_"
  dialect = "terraform"
}
