# What is built into Terraform and OpenTofu, https://developer.hashicorp.com/terraform/language/resources/terraform-data
#
# Its provisioners are found in the configuration.
pack "terraform" {
  sources = ["terraform.io/builtin/terraform"]
  prefix  = "terraform_"
  dialect = "terraform"
}
