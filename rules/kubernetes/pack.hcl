# Kubernetes, https://registry.terraform.io/providers/hashicorp/kubernetes
pack "kubernetes" {
  sources = ["hashicorp/kubernetes"]
  prefix  = "kubernetes_"
  dialect = "kubernetes"
}
