# Roles, bindings and service accounts: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
#
# What a controller puts into an aggregated role nobody sees in a plan, so it counts as everything; and a role that
# is put into one is given to whoever holds it.

rule "kubernetes_role" "kubernetes_role_v1" {
  identity {
    id = "${coalesce(metadata[0].namespace, "default")}/${metadata[0].name}"
  }
  grant "definition" {
    defines = "kubernetes_role"
    names     = ["Role:${coalesce(metadata[0].namespace, "default")}/${metadata[0].name}"]
    document  = rule
    resources = ["namespace/${coalesce(metadata[0].namespace, "default")}"]
  }
  harmless = ["metadata.annotations", "metadata.labels"]
}

rule "kubernetes_cluster_role" "kubernetes_cluster_role_v1" {
  identity {
    id       = metadata[0].name
    metadata = [{ name = metadata[0].name }]
  }
  grant "definition" {
    defines = "kubernetes_role"
    when      = aggregation_rule[0] == null
    names     = ["ClusterRole:${metadata[0].name}"]
    document  = rule
    resources = ["cluster"]
  }
  grant "definition" {
    defines = "kubernetes_role"
    when      = aggregation_rule[0] != null
    names     = ["ClusterRole:${metadata[0].name}"]
    actions   = ["*"]
    resources = ["cluster"]
  }
  grant "additive" {
    when       = metadata[0].labels["rbac.authorization.k8s.io/aggregate-to-admin"] == "true"
    principals = ["holders of ClusterRole:admin"]
    document   = rule
    resources  = ["cluster"]
  }
  grant "additive" {
    when       = metadata[0].labels["rbac.authorization.k8s.io/aggregate-to-edit"] == "true"
    principals = ["holders of ClusterRole:edit"]
    document   = rule
    resources  = ["cluster"]
  }
  grant "additive" {
    when       = metadata[0].labels["rbac.authorization.k8s.io/aggregate-to-view"] == "true"
    principals = ["holders of ClusterRole:view"]
    document   = rule
    resources  = ["cluster"]
  }
  # A controller of its own may put rules together by a label of its own.
  grant "additive" {
    for_each = keys(metadata[0].labels)
    when = (
      split("/aggregate-to-", each)[1] != null
      && !contains(["admin", "edit", "view"], split("/aggregate-to-", each)[1])
    )
    principals = ["holders of ClusterRole:${split("/aggregate-to-", each)[1]}"]
    document   = rule
    resources  = ["cluster"]
  }
  harmless = ["metadata.annotations"]
}

rule "kubernetes_role_binding" "kubernetes_role_binding_v1" {
  grant "exclusive" {
    role_kind = "kubernetes_role"
    for_each   = subject
    principals = [
      each.kind == "ServiceAccount"
      ? "ServiceAccount:${coalesce(each.namespace == "" ? null : each.namespace, metadata[0].namespace, "default")}/${each.name}"
      : "${each.kind}:${each.name}",
    ]
    roles = [
      role_ref[0].kind == "Role" ? "Role:${coalesce(metadata[0].namespace, "default")}/${role_ref[0].name}"
      : "${role_ref[0].kind}:${role_ref[0].name}",
    ]
    resources = ["namespace/${coalesce(metadata[0].namespace, "default")}"]
  }
  harmless = ["metadata.annotations", "metadata.labels"]
}

rule "kubernetes_cluster_role_binding" "kubernetes_cluster_role_binding_v1" {
  grant "exclusive" {
    role_kind = "kubernetes_role"
    for_each   = subject
    principals = [
      each.kind == "ServiceAccount" ? "ServiceAccount:${coalesce(each.namespace == "" ? null : each.namespace, "default")}/${each.name}"
      : "${each.kind}:${each.name}",
    ]
    roles     = ["${role_ref[0].kind}:${role_ref[0].name}"]
    resources = ["cluster"]
  }
  harmless = ["metadata.annotations", "metadata.labels"]
}
