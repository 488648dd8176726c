# Times, https://registry.terraform.io/providers/hashicorp/time
pack "time" {
  sources = ["hashicorp/time"]
  prefix  = "time_"
  dialect = "terraform"
}
