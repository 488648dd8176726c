# Kubernetes, https://registry.terraform.io/providers/hashicorp/kubernetes
pack "kubernetes" {
  sources        = ["hashicorp/kubernetes"]
  prefix         = "kubernetes_"
  dialect        = "kubernetes"
  ordered_blocks = ["subject"]
  secrets        = ["encrypted_secret", "password", "private_key", "secret", "value"]
}
