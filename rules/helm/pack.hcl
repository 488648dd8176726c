# Helm, https://registry.terraform.io/providers/hashicorp/helm
#
# A plan shows the name of a chart and its values, not the objects that the chart makes.
pack "helm" {
  sources = ["hashicorp/helm"]
  prefix  = "helm_"
  dialect = "kubernetes"
  harmless = ["atomic", "cleanup_on_fail", "description", "lint", "max_history", "timeout", "timeouts", "wait", "wait_for_jobs"]
  secrets = ["encrypted_secret", "password", "private_key", "secret", "value"]
}

# Which cluster: the names of Kubernetes mean something else in each.
fact "cluster" {
  provider = coalesce(kubernetes[0].config_context, kubernetes[0].host)
  default  = null
}
