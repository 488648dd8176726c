# Manifests as text: https://registry.terraform.io/providers/gavinbunney/kubectl and its successors.
#
# The text is YAML and may hold many objects, so nothing here reads it: what it applies is opaque.
pack "kubectl" {
  sources = ["gavinbunney/kubectl", "alekc/kubectl"]
  prefix  = "kubectl_"
  dialect = "kubernetes"
  harmless = ["timeouts", "wait", "wait_for_rollout"]
  secrets = ["encrypted_secret", "password", "private_key", "secret", "value"]
}

# Which cluster: the names of Kubernetes mean something else in each.
fact "cluster" {
  provider = coalesce(config_context, host)
  default  = null
}

acts "kubectl_kustomize_documents" { reason = "builds manifests while planning" }
