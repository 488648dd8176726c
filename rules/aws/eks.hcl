# EKS: who reaches a cluster's API, and which pods act as which role.

# The one who creates a cluster administers it, unless that is switched off at once.
rule "aws_eks_cluster" {
  # https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html
  locals {
    is_ipv6 = known_or(kubernetes_network_config[0].ip_family, "ipv4") != "ipv4"
    issuer  = generated(identity[0].oidc[0].issuer, "https://oidc.eks.${local.region}.${local.dns}/id/")
  }
  identity {
    arn      = "arn:${fact.partition}:eks:${local.place}:cluster/${name}"
    id       = name
    identity = local.dns == null || local.is_ipv6 ? null : [{ oidc = [{ issuer = local.issuer }] }]
    name     = name
  }
  grant "additive" {
    when       = access_config[0].bootstrap_cluster_creator_admin_permissions != false
    principals = [fact.caller]
    roles      = ["arn:${fact.partition}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy"]
    resources  = [self.arn]
  }
  harmless = [
    "bootstrap_self_managed_addons", "certificate_authority", "compute_config", "enabled_cluster_log_types", "encryption_config",
    "endpoint", "force_update_version", "kubernetes_network_config", "platform_version", "status", "storage_config",
    "upgrade_policy", "version", "zonal_shift_config",
  ]
}

# An entry lets in; the groups that it gives are judged one by one, as the entry that could be made with them. An entry of
# another type than `STANDARD` makes its principal a node.
rule "aws_eks_access_entry" {
  identity {
    type = "STANDARD"
  }
  grant "additive" {
    principals = [principal_arn]
    actions    = ["eks:AccessKubernetesApi"]
    resources  = ["arn:${fact.partition}:eks:${local.place}:cluster/${cluster_name}"]
  }
  grant "additive" {
    when       = self.type != "STANDARD"
    principals = [principal_arn]
    actions    = ["eks:CreateAccessEntry"]
    resources  = ["arn:${fact.partition}:eks:${local.place}:cluster/${cluster_name}"]
    condition "StringEquals" "eks:accessEntryType" {
      values = [self.type]
    }
  }
  grant "additive" {
    configured = "kubernetes_groups"
    for_each   = kubernetes_groups
    principals = [principal_arn]
    actions    = ["eks:CreateAccessEntry"]
    resources  = ["arn:${fact.partition}:eks:${local.place}:cluster/${cluster_name}"]
    condition "ForAllValues:StringEquals" "eks:kubernetesGroups" {
      values = [each]
    }
  }
  grant "additive" {
    configured = "user_name"
    principals = [principal_arn]
    actions    = ["eks:CreateAccessEntry"]
    resources  = ["arn:${fact.partition}:eks:${local.place}:cluster/${cluster_name}"]
    condition "StringEquals" "eks:username" {
      values = [user_name]
    }
  }
  harmless = ["created_at", "modified_at"]
}

rule "aws_eks_access_policy_association" {
  grant "additive" {
    principals = [principal_arn]
    roles      = [policy_arn]
    resources  = ["arn:${fact.partition}:eks:${local.place}:cluster/${cluster_name}"]
    condition "ForAllValues:StringEquals" "eks:namespaces" {
      values = access_scope[0].type == "cluster" ? null : access_scope[0].namespaces
    }
  }
}

# The keys are those by which the role's own trust policy may tell pods apart.
rule "aws_eks_pod_identity_association" {
  grant "additive" {
    principals = ["Service:pods.eks.amazonaws.com"]
    actions    = ["sts:AssumeRole", "sts:TagSession"]
    resources  = [role_arn]
    condition "StringEquals" "aws:RequestTag/eks-cluster-name" {
      values = [cluster_name]
    }
    condition "StringEquals" "aws:RequestTag/kubernetes-namespace" {
      values = [namespace]
    }
    condition "StringEquals" "aws:RequestTag/kubernetes-service-account" {
      values = [service_account]
    }
  }
}

rule "aws_eks_identity_provider_config" {
  grant "trust" {
    principals = ["Federated:${oidc[0].issuer_url}"]
    actions    = ["eks:AccessKubernetesApi"]
    resources  = ["arn:${fact.partition}:eks:${local.place}:cluster/${cluster_name}"]
    condition "StringEquals" "oidc:aud" {
      values = [oidc[0].client_id]
    }
  }
}
