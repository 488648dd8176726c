# What holds others back: paths of the network, and which pods a namespace takes.

rule "kubernetes_network_policy" "kubernetes_network_policy_v1" {
  limit "spec" {
    value = spec
  }
  harmless = ["metadata.annotations", "metadata.labels"]
}

# https://kubernetes.io/docs/concepts/security/pod-security-admission/
rule "kubernetes_namespace" "kubernetes_namespace_v1" {
  identity {
    id       = metadata[0].name
    metadata = [{ name = metadata[0].name }]
  }
  limit "pod_security" {
    value = [
      metadata[0].labels["pod-security.kubernetes.io/enforce"],
      metadata[0].labels["pod-security.kubernetes.io/enforce-version"],
    ]
    with_object = true
  }
}

# A volume of a path of a node gives that path to whoever claims it.
rule "kubernetes_persistent_volume" "kubernetes_persistent_volume_v1" {
  grant "opaque" {
    when = (
      spec[0].persistent_volume_source[0].host_path[0] != null
      || spec[0].persistent_volume_source[0].local[0] != null
    )
    reason = "gives files of a node to whoever claims it"
  }
  harmless = [
    "metadata.annotations", "metadata.labels", "spec.access_modes", "spec.capacity", "spec.mount_options",
    "spec.persistent_volume_reclaim_policy", "spec.storage_class_name",
  ]
}
