# What runs: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation
#
# Whoever controls a pod acts as its service account, so handing one over is access though no binding changes. RBAC's own
# name for acting as an account is `impersonate`. The principal is `Workload:NAMESPACE`: whoever makes workloads in a
# namespace may hand each of them any account of it. A pod that names no account has the account `default`.

locals {
  workload = "Workload:${coalesce(metadata[0].namespace, "default")}"
  place    = "namespace/${coalesce(metadata[0].namespace, "default")}"
}

uses "kubernetes_*" {
  identities = ["kubernetes_service_account", "kubernetes_service_account_v1"]
  attributes = ["service_account_name"]
  grant "additive" {
    principals = [local.workload]
    actions    = ["impersonate:/serviceaccounts@${each}"]
    resources  = [local.place]
  }
}

# The account of a pod that names none, unless the pod gets no token; a projected volume holds one all the same. Whoever
# shares the node's network, processes or files acts as the node.
template "workload" {
  needs = ["pod"]
  locals {
    is_default = known_or(local.pod.service_account_name, "") == ""
  }
  grant "additive" {
    when       = local.is_default && local.pod.automount_service_account_token != false
    principals = [local.workload]
    actions    = ["impersonate:/serviceaccounts@default"]
    resources  = [local.place]
  }
  grant "additive" {
    for_each   = local.pod.volume
    when       = local.is_default && each.projected[0] != null
    principals = [local.workload]
    actions    = ["impersonate:/serviceaccounts@default"]
    resources  = [local.place]
  }
  grant "opaque" {
    when   = local.pod.host_network == true || local.pod.host_pid == true || local.pod.host_ipc == true
    reason = "shares the network or the processes of its node"
  }
  grant "opaque" {
    for_each = local.pod.volume
    when     = each.host_path[0] != null
    reason   = "mounts files of its node"
  }
  grant "opaque" {
    for_each = concat(local.pod.container, local.pod.init_container)
    when     = each.security_context[0].privileged == true
    reason   = "runs with every right on its node"
  }
  # A port below 1024 is no right on the node.
  grant "opaque" {
    for_each = concat(local.pod.container, local.pod.init_container)
    when = (
      each.security_context[0].capabilities[0].add[0] != null
      && !(
        each.security_context[0].capabilities[0].add[0] == "NET_BIND_SERVICE"
        && each.security_context[0].capabilities[0].add[1] == null
      )
    )
    reason = "runs with rights on its node"
  }
}

rule "kubernetes_pod" "kubernetes_pod_v1" {
  templates = ["workload"]
  locals { pod = spec[0] }
}

rule "kubernetes_deployment" "kubernetes_deployment_v1" "kubernetes_daemonset" "kubernetes_daemon_set_v1" "kubernetes_stateful_set" "kubernetes_stateful_set_v1" "kubernetes_replication_controller" "kubernetes_replication_controller_v1" "kubernetes_job" "kubernetes_job_v1" {
  templates = ["workload"]
  locals { pod = spec[0].template[0].spec[0] }
}

rule "kubernetes_cron_job" "kubernetes_cron_job_v1" {
  templates = ["workload"]
  locals { pod = spec[0].job_template[0].spec[0].template[0].spec[0] }
}
