# IAM, Identity Center, organizations. A role, user or group that is known by name alone gets an ARN without a path.

rule "awscc_iam_role" {
  identity {
    arn       = "arn:${fact.partition}:iam::${fact.account}:role${known_or(path, "/")}${role_name}"
    id        = role_name
    role_name = role_name
  }
  grant "trust" {
    document  = assume_role_policy_document
    resources = [self.arn]
  }
  grant "additive" {
    for_each   = known_or(policies, null)
    principals = [self.arn]
    document   = each.policy_document
  }
  grant "exclusive" {
    configured = "managed_policy_arns"
    principals = [self.arn]
    roles      = managed_policy_arns
  }
  limit "permissions_boundary" {
    with_object = true
    value       = known_or(permissions_boundary, null)
  }
}

rule "awscc_iam_user" {
  locals { user = "arn:${fact.partition}:iam::${fact.account}:user${known_or(path, "/")}${user_name}" }
  identity {
    arn       = local.user
    id        = user_name
    user_name = user_name
  }
  grant "additive" {
    for_each   = known_or(policies, null)
    principals = [local.user]
    document   = each.policy_document
  }
  grant "additive" {
    configured = "managed_policy_arns"
    principals = [local.user]
    roles      = managed_policy_arns
  }
  grant "additive" {
    configured = "groups"
    principals = [local.user]
    actions    = ["iam:AddUserToGroup"]
    resources  = ["arn:${fact.partition}:iam::${fact.account}:group/${groups}"]
  }
  grant "credential" {
    when       = known_or(login_profile, null) != null
    principals = [local.user]
  }
  limit "permissions_boundary" {
    with_object = true
    value       = known_or(permissions_boundary, null)
  }
}

rule "awscc_iam_group" {
  locals { group = "arn:${fact.partition}:iam::${fact.account}:group${known_or(path, "/")}${group_name}" }
  identity {
    arn        = local.group
    id         = group_name
    group_name = group_name
  }
  grant "additive" {
    for_each   = known_or(policies, null)
    principals = [local.group]
    document   = each.policy_document
  }
  grant "additive" {
    configured = "managed_policy_arns"
    principals = [local.group]
    roles      = managed_policy_arns
  }
}

rule "awscc_iam_managed_policy" {
  locals { policy = "arn:${fact.partition}:iam::${fact.account}:policy${known_or(path, "/")}${managed_policy_name}" }
  identity {
    policy_arn = local.policy
    id         = local.policy
  }
  grant "definition" {
    names    = [local.policy]
    document = policy_document
  }
  grant "additive" {
    when       = known_or(roles, null)[0] != null || known_or(users, null)[0] != null || known_or(groups, null)[0] != null
    principals = [
      "arn:${fact.partition}:iam::${fact.account}:role/${known_or(roles, null)}",
      "arn:${fact.partition}:iam::${fact.account}:user/${known_or(users, null)}",
      "arn:${fact.partition}:iam::${fact.account}:group/${known_or(groups, null)}",
    ]
    document = policy_document
  }
}

rule "awscc_iam_role_policy" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:role/${role_name}"]
    document   = policy_document
  }
}

rule "awscc_iam_user_policy" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${user_name}"]
    document   = policy_document
  }
}

rule "awscc_iam_group_policy" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:group/${group_name}"]
    document   = policy_document
  }
}

# Every instance that is launched with the profile acts as the role.
rule "awscc_iam_instance_profile" {
  identity {
    arn                   = "arn:${fact.partition}:iam::${fact.account}:instance-profile${known_or(path, "/")}${instance_profile_name}"
    id                    = instance_profile_name
    instance_profile_name = instance_profile_name
  }
  grant "additive" {
    for_each   = roles
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:role/${each}"]
  }
}

rule "awscc_iam_oidc_provider" {
  locals { provider = "arn:${fact.partition}:iam::${fact.account}:oidc-provider/${trimprefix(url, "https://")}" }
  identity {
    arn = local.provider
    id  = local.provider
  }
  grant "trust" {
    principals = ["Federated:${local.provider}"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = [local.provider]
    condition "StringEquals" "oidc:aud" {
      values = known_or(client_id_list, null)
    }
  }
  limit "thumbprint_list" {
    with_object = true
    value       = known_or(thumbprint_list, null)
  }
}

rule "awscc_iam_saml_provider" {
  locals { provider = "arn:${fact.partition}:iam::${fact.account}:saml-provider/${name}" }
  identity {
    arn = local.provider
    id  = local.provider
  }
  grant "trust" {
    principals = ["Federated:${local.provider}"]
    actions    = ["sts:AssumeRoleWithSAML"]
    resources  = [local.provider]
  }
  limit "saml_metadata_document" {
    with_object = true
    value       = known_or(saml_metadata_document, null)
  }
}

rule "awscc_iam_service_linked_role" {
  grant "trust" {
    principals = ["Service:${aws_service_name}"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:${fact.partition}:iam::${fact.account}:role/aws-service-role/${aws_service_name}/*"]
  }
}

rule "awscc_sso_assignment" {
  grant "additive" {
    principals = ["arn:${fact.partition}:identitystore:::${lower(principal_type)}/${principal_id}"]
    roles      = [permission_set_arn]
    resources  = ["arn:${fact.partition}:iam::${target_id}:root"]
  }
}

rule "awscc_identitystore_group_membership" {
  grant "additive" {
    principals = ["arn:${fact.partition}:identitystore:::user/${member_id.user_id}"]
    actions    = ["identitystore:CreateGroupMembership"]
    resources  = ["arn:${fact.partition}:identitystore:::group/${group_id}"]
  }
}

rule "awscc_organizations_resource_policy" {
  templates = ["policy"]
  locals {
    policy    = content
    resources = ["arn:${fact.partition}:organizations::${fact.account}:*"]
  }
}
