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

# kube2iam and kiam give a pod the role that an annotation names (https://github.com/jtblin/kube2iam#kubernetes-annotation). A
# name is one of a role in whichever account the nodes are.
uses "kubernetes_*" {
  attributes = ["iam.amazonaws.com/role"]
  grant "additive" {
    dialect    = "aws"
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:aws:iam::*:role/${each}"]
  }
}

# A label chooses the identity of Azure that a pod gets (https://azure.github.io/aad-pod-identity/docs/concepts/azureidentitybinding/).
uses "kubernetes_*" {
  attributes = ["aadpodidbinding"]
  grant "additive" {
    principals = [local.workload]
    actions    = ["impersonate:aadpodidentity.k8s.io/azureidentitybindings@${each}"]
    resources  = [local.place]
  }
}

# A new image under the same account is no new access, so it is harmless; a command is judged as what it is.
#
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
    when = (
      local.pod.host_network == true || local.pod.host_pid == true || local.pod.host_ipc == true
      || local.pod.security_context[0].windows_options[0].host_process == true
    )
    reason = "shares the network or the processes of its node"
  }
  grant "opaque" {
    for_each = local.pod.volume
    when     = each.host_path[0] != null || each.local[0] != null
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
  harmless = [
    "metadata.annotations", "metadata.labels", "spec.active_deadline_seconds", "spec.affinity", "spec.container.env",
    "spec.container.env_from", "spec.container.image", "spec.container.image_pull_policy", "spec.container.name",
    "spec.container.port", "spec.container.resources", "spec.container.stdin", "spec.container.stdin_once",
    "spec.container.termination_message_path", "spec.container.termination_message_policy", "spec.container.tty",
    "spec.container.volume_mount", "spec.container.working_dir", "spec.dns_config", "spec.dns_policy",
    "spec.enable_service_links", "spec.host_aliases", "spec.hostname", "spec.image_pull_secrets",
    "spec.init_container.env", "spec.init_container.env_from", "spec.init_container.image",
    "spec.init_container.image_pull_policy", "spec.init_container.name", "spec.init_container.port",
    "spec.init_container.resources", "spec.init_container.stdin", "spec.init_container.stdin_once",
    "spec.init_container.termination_message_path", "spec.init_container.termination_message_policy",
    "spec.init_container.tty", "spec.init_container.volume_mount", "spec.init_container.working_dir",
    "spec.node_selector", "spec.priority_class_name", "spec.readiness_gate", "spec.restart_policy", "spec.subdomain",
    "spec.termination_grace_period_seconds", "spec.toleration", "spec.topology_spread_constraint",
    "spec.volume.config_map", "spec.volume.downward_api", "spec.volume.empty_dir", "spec.volume.name",
    "spec.volume.persistent_volume_claim", "spec.volume.secret", "target_state", "wait_for_completion",
    "wait_for_rollout",
  ]
}

rule "kubernetes_deployment" "kubernetes_deployment_v1" "kubernetes_daemonset" "kubernetes_daemon_set_v1" "kubernetes_stateful_set" "kubernetes_stateful_set_v1" "kubernetes_replication_controller" "kubernetes_replication_controller_v1" "kubernetes_job" "kubernetes_job_v1" {
  templates = ["workload"]
  locals { pod = spec[0].template[0].spec[0] }
  harmless = [
    "metadata.annotations", "metadata.labels", "spec.backoff_limit", "spec.backoff_limit_per_index",
    "spec.completion_mode", "spec.completions", "spec.min_ready_seconds", "spec.parallelism", "spec.paused",
    "spec.persistent_volume_claim_retention_policy", "spec.pod_failure_policy", "spec.pod_management_policy",
    "spec.progress_deadline_seconds", "spec.replicas", "spec.revision_history_limit", "spec.selector",
    "spec.service_name", "spec.strategy", "spec.template.metadata", "spec.template.spec.active_deadline_seconds",
    "spec.template.spec.affinity", "spec.template.spec.container.env", "spec.template.spec.container.env_from",
    "spec.template.spec.container.image", "spec.template.spec.container.image_pull_policy",
    "spec.template.spec.container.name", "spec.template.spec.container.port",
    "spec.template.spec.container.resources", "spec.template.spec.container.stdin",
    "spec.template.spec.container.stdin_once", "spec.template.spec.container.termination_message_path",
    "spec.template.spec.container.termination_message_policy", "spec.template.spec.container.tty",
    "spec.template.spec.container.volume_mount", "spec.template.spec.container.working_dir",
    "spec.template.spec.dns_config", "spec.template.spec.dns_policy", "spec.template.spec.enable_service_links",
    "spec.template.spec.host_aliases", "spec.template.spec.hostname", "spec.template.spec.image_pull_secrets",
    "spec.template.spec.init_container.env", "spec.template.spec.init_container.env_from",
    "spec.template.spec.init_container.image", "spec.template.spec.init_container.image_pull_policy",
    "spec.template.spec.init_container.name", "spec.template.spec.init_container.port",
    "spec.template.spec.init_container.resources", "spec.template.spec.init_container.stdin",
    "spec.template.spec.init_container.stdin_once", "spec.template.spec.init_container.termination_message_path",
    "spec.template.spec.init_container.termination_message_policy", "spec.template.spec.init_container.tty",
    "spec.template.spec.init_container.volume_mount", "spec.template.spec.init_container.working_dir",
    "spec.template.spec.node_selector", "spec.template.spec.priority_class_name", "spec.template.spec.readiness_gate",
    "spec.template.spec.restart_policy", "spec.template.spec.subdomain",
    "spec.template.spec.termination_grace_period_seconds", "spec.template.spec.toleration",
    "spec.template.spec.topology_spread_constraint", "spec.template.spec.volume.config_map",
    "spec.template.spec.volume.downward_api", "spec.template.spec.volume.empty_dir", "spec.template.spec.volume.name",
    "spec.template.spec.volume.persistent_volume_claim", "spec.template.spec.volume.secret",
    "spec.ttl_seconds_after_finished", "spec.update_strategy", "target_state", "wait_for_completion",
    "wait_for_rollout",
  ]
}

rule "kubernetes_cron_job" "kubernetes_cron_job_v1" {
  templates = ["workload"]
  locals { pod = spec[0].job_template[0].spec[0].template[0].spec[0] }
  harmless = [
    "metadata.annotations", "metadata.labels", "spec.concurrency_policy", "spec.failed_jobs_history_limit",
    "spec.job_template.metadata", "spec.job_template.spec.backoff_limit", "spec.job_template.spec.completions",
    "spec.job_template.spec.parallelism", "spec.job_template.spec.template.metadata",
    "spec.job_template.spec.template.spec.active_deadline_seconds", "spec.job_template.spec.template.spec.affinity",
    "spec.job_template.spec.template.spec.container.env", "spec.job_template.spec.template.spec.container.env_from",
    "spec.job_template.spec.template.spec.container.image",
    "spec.job_template.spec.template.spec.container.image_pull_policy",
    "spec.job_template.spec.template.spec.container.name", "spec.job_template.spec.template.spec.container.port",
    "spec.job_template.spec.template.spec.container.resources",
    "spec.job_template.spec.template.spec.container.stdin",
    "spec.job_template.spec.template.spec.container.stdin_once",
    "spec.job_template.spec.template.spec.container.termination_message_path",
    "spec.job_template.spec.template.spec.container.termination_message_policy",
    "spec.job_template.spec.template.spec.container.tty",
    "spec.job_template.spec.template.spec.container.volume_mount",
    "spec.job_template.spec.template.spec.container.working_dir", "spec.job_template.spec.template.spec.dns_config",
    "spec.job_template.spec.template.spec.dns_policy", "spec.job_template.spec.template.spec.enable_service_links",
    "spec.job_template.spec.template.spec.host_aliases", "spec.job_template.spec.template.spec.hostname",
    "spec.job_template.spec.template.spec.image_pull_secrets",
    "spec.job_template.spec.template.spec.init_container.env",
    "spec.job_template.spec.template.spec.init_container.env_from",
    "spec.job_template.spec.template.spec.init_container.image",
    "spec.job_template.spec.template.spec.init_container.image_pull_policy",
    "spec.job_template.spec.template.spec.init_container.name",
    "spec.job_template.spec.template.spec.init_container.port",
    "spec.job_template.spec.template.spec.init_container.resources",
    "spec.job_template.spec.template.spec.init_container.stdin",
    "spec.job_template.spec.template.spec.init_container.stdin_once",
    "spec.job_template.spec.template.spec.init_container.termination_message_path",
    "spec.job_template.spec.template.spec.init_container.termination_message_policy",
    "spec.job_template.spec.template.spec.init_container.tty",
    "spec.job_template.spec.template.spec.init_container.volume_mount",
    "spec.job_template.spec.template.spec.init_container.working_dir",
    "spec.job_template.spec.template.spec.node_selector", "spec.job_template.spec.template.spec.priority_class_name",
    "spec.job_template.spec.template.spec.readiness_gate", "spec.job_template.spec.template.spec.restart_policy",
    "spec.job_template.spec.template.spec.subdomain",
    "spec.job_template.spec.template.spec.termination_grace_period_seconds",
    "spec.job_template.spec.template.spec.toleration",
    "spec.job_template.spec.template.spec.topology_spread_constraint",
    "spec.job_template.spec.template.spec.volume.config_map",
    "spec.job_template.spec.template.spec.volume.downward_api",
    "spec.job_template.spec.template.spec.volume.empty_dir", "spec.job_template.spec.template.spec.volume.name",
    "spec.job_template.spec.template.spec.volume.persistent_volume_claim",
    "spec.job_template.spec.template.spec.volume.secret", "spec.job_template.spec.ttl_seconds_after_finished",
    "spec.schedule", "spec.starting_deadline_seconds", "spec.successful_jobs_history_limit", "spec.suspend",
    "spec.timezone", "target_state", "wait_for_completion", "wait_for_rollout",
  ]
}
