# Archives on the machine that applies, https://registry.terraform.io/providers/hashicorp/archive
pack "archive" {
  sources = ["hashicorp/archive"]
  prefix  = "archive_"
  dialect = "terraform"
}
