# IAM Identity Center. People and groups are the ARNs of its identity store, an account is its root ARN. A permission set
# is a definition under its own ARN: what it means is judged for everybody to whom it is assigned.

rule "aws_ssoadmin_permission_set_inline_policy" {
  grant "definition" {
    defines = "aws_ssoadmin_permission_set"
    part_of = "aws_ssoadmin_permission_set"
    global_names = true
    names    = [permission_set_arn]
    document = inline_policy
  }
}

rule "aws_ssoadmin_managed_policy_attachment" {
  grant "definition" {
    defines = "aws_ssoadmin_permission_set"
    part_of = "aws_ssoadmin_permission_set"
    global_names = true
    names = [permission_set_arn]
    roles = [managed_policy_arn]
  }
}

# The policy of that name in each account to which the permission set is assigned.
rule "aws_ssoadmin_customer_managed_policy_attachment" {
  locals { policy = customer_managed_policy_reference[0] }
  grant "definition" {
    defines = "aws_ssoadmin_permission_set"
    part_of = "aws_ssoadmin_permission_set"
    global_names = true
    names = [permission_set_arn]
    roles = ["arn:${fact.partition}:iam::*:policy${coalesce(local.policy.path, "/")}${local.policy.name}"]
  }
}

rule "aws_ssoadmin_permissions_boundary_attachment" {
  locals { policy = permissions_boundary[0].customer_managed_policy_reference[0] }
  limit "permissions_boundary" {
    value = coalesce(permissions_boundary[0].managed_policy_arn, "${local.policy.path}${local.policy.name}", local.policy.name)
  }
}

rule "aws_ssoadmin_account_assignment" {
  grant "additive" {
    role_kind = "aws_ssoadmin_permission_set"
    principals = ["arn:${fact.partition}:identitystore:::${lower(principal_type)}/${principal_id}"]
    roles      = [permission_set_arn]
    resources  = ["arn:${fact.partition}:iam::${target_id}:root"]
  }
}

rule "aws_ssoadmin_application_assignment" {
  grant "additive" {
    principals = ["arn:${fact.partition}:identitystore:::${lower(principal_type)}/${principal_id}"]
    actions    = ["sso:CreateApplicationAssignment"]
    resources  = [application_arn]
  }
}

# Where no assignment is required, everybody in the identity store may use the application.
rule "aws_ssoadmin_application_assignment_configuration" {
  grant "additive" {
    when       = !assignment_required
    principals = ["arn:${fact.partition}:identitystore:::user/*"]
    actions    = ["sso:CreateApplicationAssignment"]
    resources  = [application_arn]
  }
}

# The application may ask for this scope in the name of those who use it.
rule "aws_ssoadmin_application_access_scope" {
  grant "additive" {
    principals = [application_arn]
    actions    = [scope]
    resources  = coalesce(authorized_targets, "*")
  }
}

rule "aws_ssoadmin_trusted_token_issuer" {
  grant "trust" {
    principals = ["Federated:${trusted_token_issuer_configuration[0].oidc_jwt_configuration[0].issuer_url}"]
    actions    = ["sso-oauth:CreateTokenWithIAM"]
    resources  = [instance_arn]
  }
  limit "claim_attribute_path" {
    with_object = true
    value       = trusted_token_issuer_configuration[0].oidc_jwt_configuration[0].claim_attribute_path
  }
  limit "identity_store_attribute_path" {
    with_object = true
    value       = trusted_token_issuer_configuration[0].oidc_jwt_configuration[0].identity_store_attribute_path
  }
}

# Attributes of people become tags of their sessions, by which policies tell them apart.
rule "aws_ssoadmin_instance_access_control_attributes" {
  grant "trust" {
    for_each   = attribute
    principals = ["arn:${fact.partition}:identitystore:::user/*"]
    actions    = ["sts:TagSession"]
    resources  = [instance_arn]
    condition "ForAllValues:StringEquals" "aws:TagKeys" {
      values = [each.key]
    }
    condition "ForAllValues:StringEquals" "sso:AttributeSource" {
      values = each.value[*].source
    }
  }
}

# A member holds what is assigned to the group.
rule "aws_identitystore_group_membership" {
  grant "additive" {
    principals = ["arn:${fact.partition}:identitystore:::user/${member_id}"]
    actions    = ["identitystore:CreateGroupMembership"]
    resources  = ["arn:${fact.partition}:identitystore:::group/${group_id}"]
  }
}

rule "aws_ssoadmin_permission_set" {
  limit "session_duration" {
    with_object = true
    value       = session_duration
  }
}
