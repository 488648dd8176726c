# A UUID, and what goes in: https://developer.hashicorp.com/terraform/language/resources/terraform-data
rule "terraform_data" {
  identity {
    id     = generated(id)
    output = input
  }
  random = ["id"]
}
