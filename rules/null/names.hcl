# A random number: https://github.com/hashicorp/terraform-provider-null, `internal/provider/resource.go`.
rule "null_resource" {
  identity {
    id = generated(id)
  }
  random = ["id"]
}
