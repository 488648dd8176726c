# Kubernetes, https://registry.terraform.io/providers/hashicorp/kubernetes
pack "kubernetes" {
  sources        = ["hashicorp/kubernetes"]
  prefix         = "kubernetes_"
  dialect        = "kubernetes"
  ordered_blocks = ["subject"]
  built_in_roles = [
    "ClusterRole:admin", "ClusterRole:cluster-admin", "ClusterRole:edit", "ClusterRole:system:*", "ClusterRole:view",
    "Role:*/system:*",
  ]
  secrets        = ["encrypted_secret", "password", "private_key", "secret", "value"]
  harmless       = ["metadata.generation", "metadata.resource_version", "metadata.uid", "timeouts"]
}

# Which cluster: the names of Kubernetes mean something else in each.
fact "cluster" {
  provider = coalesce(config_context, host)
  default  = null
}
