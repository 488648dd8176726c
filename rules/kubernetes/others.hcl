# Access that stands in something else: a map of another cloud's identities, manifests, admission.

# EKS lets in whom one map names, and Argo CD whom others name.
rule "kubernetes_config_map" "kubernetes_config_map_v1" "kubernetes_config_map_v1_data" {
  grant "opaque" {
    when   = metadata[0].name == "aws-auth"
    reason = "says which identities of AWS are which users and groups of the cluster"
  }
  grant "opaque" {
    when   = contains(["argocd-cm", "argocd-rbac-cm"], metadata[0].name)
    reason = "says who may do what in Argo CD"
  }
  grant "opaque" {
    when   = metadata[0].name == "extension-apiserver-authentication"
    reason = "says whose certificates may speak for users"
  }
  harmless = ["immutable", "metadata.annotations", "metadata.labels"]
}

# Objects of RBAC are read, ordinary objects pass, and every other kind may do anything: a custom resource is whatever
# its controller makes of it. A role that is put into an aggregated one is given to whoever holds that.
rule "kubernetes_manifest" {
  locals {
    kinds = [
      "ConfigMap", "Service", "Ingress", "Namespace", "Deployment", "StatefulSet", "DaemonSet", "NetworkPolicy",
      "PersistentVolume", "PersistentVolumeClaim", "StorageClass", "HorizontalPodAutoscaler", "PodDisruptionBudget",
      "ResourceQuota", "LimitRange", "PriorityClass", "ServiceAccount", "CustomResourceDefinition", "Role",
      "ClusterRole", "RoleBinding", "ClusterRoleBinding", "Secret", "ServiceMonitor", "PodMonitor", "PrometheusRule",
      "Gateway", "HTTPRoute", "IngressClass", "Endpoints", "EndpointSlice",
    ]
    versions = [
      "v1", "apps/v1", "rbac.authorization.k8s.io/v1", "networking.k8s.io/v1", "policy/v1", "storage.k8s.io/v1",
      "scheduling.k8s.io/v1", "autoscaling/v1", "autoscaling/v2", "apiextensions.k8s.io/v1", "discovery.k8s.io/v1",
      "gateway.networking.k8s.io/v1", "monitoring.coreos.com/v1",
    ]
    is_workload   = contains(["Deployment", "StatefulSet", "DaemonSet"], manifest.kind)
    pod           = manifest.spec.template.spec
    labels        = manifest.metadata.labels
    account       = manifest.metadata.annotations["kubernetes.io/service-account.name"]
    is_aggregated = (
      local.labels["rbac.authorization.k8s.io/aggregate-to-admin"] == "true"
      || local.labels["rbac.authorization.k8s.io/aggregate-to-edit"] == "true"
      || local.labels["rbac.authorization.k8s.io/aggregate-to-view"] == "true"
    )
  }
  grant "definition" {
    defines = "kubernetes_role"
    when      = manifest.kind == "Role"
    names     = ["Role:${coalesce(manifest.metadata.namespace, "default")}/${manifest.metadata.name}"]
    document  = manifest.rules
    resources = ["namespace/${coalesce(manifest.metadata.namespace, "default")}"]
  }
  grant "definition" {
    defines = "kubernetes_role"
    when      = manifest.kind == "ClusterRole" && manifest.aggregationRule == null
    names     = ["ClusterRole:${manifest.metadata.name}"]
    document  = manifest.rules
    resources = ["cluster"]
  }
  grant "definition" {
    defines = "kubernetes_role"
    when      = manifest.kind == "ClusterRole" && manifest.aggregationRule != null
    names     = ["ClusterRole:${manifest.metadata.name}"]
    actions   = ["*"]
    resources = ["cluster"]
  }
  grant "exclusive" {
    role_kind = "kubernetes_role"
    for_each   = manifest.kind == "RoleBinding" ? manifest.subjects : []
    principals = [
      each.kind == "ServiceAccount" ? "ServiceAccount:${coalesce(each.namespace, manifest.metadata.namespace, "default")}/${each.name}"
      : "${each.kind}:${each.name}",
    ]
    roles = [
      manifest.roleRef.kind == "Role" ? "Role:${coalesce(manifest.metadata.namespace, "default")}/${manifest.roleRef.name}"
      : "${manifest.roleRef.kind}:${manifest.roleRef.name}",
    ]
    resources = ["namespace/${coalesce(manifest.metadata.namespace, "default")}"]
  }
  grant "exclusive" {
    role_kind = "kubernetes_role"
    for_each   = manifest.kind == "ClusterRoleBinding" ? manifest.subjects : []
    principals = [
      each.kind == "ServiceAccount" ? "ServiceAccount:${coalesce(each.namespace, "default")}/${each.name}" : "${each.kind}:${each.name}",
    ]
    roles     = ["${manifest.roleRef.kind}:${manifest.roleRef.name}"]
    resources = ["cluster"]
  }
  grant "credential" {
    when       = manifest.kind == "Secret" && manifest.type == "kubernetes.io/service-account-token"
    principals = ["ServiceAccount:${coalesce(manifest.metadata.namespace, "default")}/${local.account}"]
  }
  grant "credential" {
    when       = manifest.kind == "Secret" && manifest.type == "bootstrap.kubernetes.io/token"
    principals = ["Group:system:bootstrappers"]
  }
  grant "opaque" {
    when   = manifest.kind == "Secret" && local.labels["argocd.argoproj.io/secret-type"] != null
    reason = "says which repositories and clusters Argo CD acts on, and as whom"
  }
  grant "additive" {
    when       = local.is_workload && local.pod.automountServiceAccountToken != false
    principals = ["Workload:${coalesce(manifest.metadata.namespace, "default")}"]
    actions    = ["impersonate:/serviceaccounts@${coalesce(local.pod.serviceAccountName, local.pod.serviceAccount, "default")}"]
    resources  = ["namespace/${coalesce(manifest.metadata.namespace, "default")}"]
  }
  grant "additive" {
    for_each   = local.is_workload ? local.pod.volumes : []
    when       = local.pod.automountServiceAccountToken == false && each.projected != null
    principals = ["Workload:${coalesce(manifest.metadata.namespace, "default")}"]
    actions    = ["impersonate:/serviceaccounts@${coalesce(local.pod.serviceAccountName, local.pod.serviceAccount, "default")}"]
    resources  = ["namespace/${coalesce(manifest.metadata.namespace, "default")}"]
  }
  grant "opaque" {
    when = local.is_workload && (
      local.pod.hostNetwork == true || local.pod.hostPID == true || local.pod.hostIPC == true
      || local.pod.securityContext.windowsOptions.hostProcess == true
    )
    reason = "shares the network or the processes of its node"
  }
  grant "opaque" {
    for_each = local.is_workload ? local.pod.volumes : []
    when     = each.hostPath != null
    reason   = "mounts files of its node"
  }
  grant "opaque" {
    for_each = local.is_workload ? concat(local.pod.containers, local.pod.initContainers) : []
    when     = each.securityContext.privileged == true || each.securityContext.windowsOptions.hostProcess == true
    reason   = "runs with every right on its node"
  }
  grant "opaque" {
    for_each = local.is_workload ? concat(local.pod.containers, local.pod.initContainers) : []
    when = (
      each.securityContext.capabilities.add[0] != null
      && !(
        each.securityContext.capabilities.add[0] == "NET_BIND_SERVICE"
        && each.securityContext.capabilities.add[1] == null
      )
    )
    reason = "runs with rights on its node"
  }
  grant "opaque" {
    when   = manifest.kind == "PersistentVolume" && (manifest.spec.hostPath != null || manifest.spec.local != null)
    reason = "gives files of a node to whoever claims it"
  }
  grant "opaque" {
    when   = manifest.kind == "CustomResourceDefinition" && manifest.spec.conversion.strategy == "Webhook"
    reason = "sends objects to a server that changes them"
  }
  grant "opaque" {
    when   = !contains(local.kinds, manifest.kind) || !contains(local.versions, manifest.apiVersion)
    reason = "an object whose kind or version no rule reads: a controller may grant by it"
  }
  grant "opaque" {
    when   = manifest.kind == "ClusterRole" && local.is_aggregated
    reason = "puts rules into a role that others hold"
  }
  grant "opaque" {
    when   = manifest.kind == "ConfigMap" && manifest.metadata.name == "aws-auth"
    reason = "says which identities of AWS are which users and groups of the cluster"
  }
  grant "opaque" {
    when   = manifest.kind == "ConfigMap" && contains(["argocd-cm", "argocd-rbac-cm"], manifest.metadata.name)
    reason = "says who may do what in Argo CD"
  }
  grant "opaque" {
    when   = manifest.kind == "ConfigMap" && manifest.metadata.name == "extension-apiserver-authentication"
    reason = "says whose certificates may speak for users"
  }
  grant "opaque" {
    for_each = manifest.kind == "Ingress" ? keys(manifest.metadata.annotations) : []
    when     = endswith(each, "-snippet")
    reason   = "writes configuration of the ingress controller"
  }
  limit "network_policy" {
    value = manifest.kind == "NetworkPolicy" ? manifest.spec : null
  }
  limit "pod_security" {
    value       = manifest.kind == "Namespace" ? manifest.metadata.labels["pod-security.kubernetes.io/enforce"] : null
    with_object = true
  }
  harmless = ["computed_fields", "field_manager", "object", "wait", "wait_for"]
}

# A snippet is configuration of the controller, which may read every secret (CVE-2021-25742).
rule "kubernetes_ingress" "kubernetes_ingress_v1" {
  grant "opaque" {
    for_each = keys(metadata[0].annotations)
    when     = endswith(each, "-snippet")
    reason   = "writes configuration of the ingress controller"
  }
  harmless = ["metadata.labels", "wait_for_load_balancer"]
}

rule "kubernetes_validating_webhook_configuration" "kubernetes_validating_webhook_configuration_v1" {
  limit "webhook" {
    value = webhook
  }
}

# Changes objects on their way in, and so may change a role.
rule "kubernetes_mutating_webhook_configuration" "kubernetes_mutating_webhook_configuration_v1" {
  grant "opaque" {
    reason = "changes objects on their way into the cluster"
  }
  limit "webhook" {
    value = webhook
  }
}

rule "kubernetes_pod_security_policy" "kubernetes_pod_security_policy_v1beta1" {
  limit "spec" {
    value = spec
  }
}
