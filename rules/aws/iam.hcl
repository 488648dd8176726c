# IAM: roles, users, groups, policies, and what attaches one to another.
# ARNs and unique IDs: IAM user guide, "IAM identifiers". Generated names: hashicorp/aws `create.NameWithSuffix`, the prefix
# or `terraform-`, and 26 hexadecimal digits.

rule "aws_iam_role" {
  identity {
    arn       = "arn:${fact.partition}:iam::${fact.account}:role${coalesce(path, "/")}${self.name}"
    id        = self.name
    name      = generated(name, name_prefix)
    unique_id = generated(unique_id)
  }
  grant "trust" {
    document  = assume_role_policy
    resources = [self.arn]
  }
  grant "additive" {
    for_each   = inline_policy
    when       = each.policy != null && each.policy != ""
    configured = "inline_policy"
    principals = [self.arn]
    document   = each.policy
  }
  grant "exclusive" {
    configured = "managed_policy_arns"
    principals = [self.arn]
    role_kind  = "aws_iam_policy"
    roles      = managed_policy_arns
  }
  limit "permissions_boundary" {
    with_object = true
    value       = permissions_boundary
  }
  # Policies tell principals apart by their tags (`aws:PrincipalTag`), so any other tag may be other access.
  limit "tags" {
    with_object = true
    value       = keys(tags)[0] == null ? "no tags" : tags
  }
  limit "max_session_duration" {
    with_object = true
    value       = max_session_duration
  }
  harmless = ["force_detach_policies", "name_prefix"]
}

rule "aws_iam_user" {
  identity {
    arn       = "arn:${fact.partition}:iam::${fact.account}:user${coalesce(path, "/")}${self.name}"
    id        = self.name
    name      = name
    unique_id = generated(unique_id)
  }
  limit "permissions_boundary" {
    with_object = true
    value       = permissions_boundary
  }
  # Policies tell principals apart by their tags (`aws:PrincipalTag`), so any other tag may be other access.
  limit "tags" {
    with_object = true
    value       = keys(tags)[0] == null ? "no tags" : tags
  }
}

rule "aws_iam_group" {
  identity {
    arn       = "arn:${fact.partition}:iam::${fact.account}:group${coalesce(path, "/")}${self.name}"
    id        = self.name
    name      = name
    unique_id = generated(unique_id)
  }
}

rule "aws_iam_policy" {
  locals { arn = "arn:${fact.partition}:iam::${fact.account}:policy${coalesce(path, "/")}${self.name}" }
  identity {
    arn       = local.arn
    id        = local.arn
    name      = generated(name, name_prefix)
    policy_id = generated(policy_id)
  }
  grant "definition" {
    defines = "aws_iam_policy"
    global_names = true
    holders = attachment_count
    names    = [self.arn]
    document = policy
  }
  harmless = ["attachment_count", "name_prefix"]
}

rule "aws_iam_role_policy" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:role/${role}"]
    document   = policy
  }
  harmless = ["name", "name_prefix"]
}

rule "aws_iam_user_policy" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${user}"]
    document   = policy
  }
  harmless = ["name", "name_prefix"]
}

rule "aws_iam_group_policy" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:group/${group}"]
    document   = policy
  }
  harmless = ["name", "name_prefix"]
}

rule "aws_iam_role_policy_attachment" {
  grant "additive" {
    role_kind = "aws_iam_policy"
    principals = ["arn:${fact.partition}:iam::${fact.account}:role/${role}"]
    roles      = [policy_arn]
  }
}

rule "aws_iam_user_policy_attachment" {
  grant "additive" {
    role_kind = "aws_iam_policy"
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${user}"]
    roles      = [policy_arn]
  }
}

rule "aws_iam_group_policy_attachment" {
  grant "additive" {
    role_kind = "aws_iam_policy"
    principals = ["arn:${fact.partition}:iam::${fact.account}:group/${group}"]
    roles      = [policy_arn]
  }
}

# Takes the policy from everybody in the account who is not named here.
rule "aws_iam_policy_attachment" {
  grant "exclusive" {
    role_kind = "aws_iam_policy"
    principals = [
      "arn:${fact.partition}:iam::${fact.account}:role/${roles}",
      "arn:${fact.partition}:iam::${fact.account}:user/${users}",
      "arn:${fact.partition}:iam::${fact.account}:group/${groups}",
    ]
    roles = [policy_arn]
  }
  harmless = ["name"]
}

rule "aws_iam_role_policy_attachments_exclusive" {
  grant "exclusive" {
    role_kind = "aws_iam_policy"
    principals = ["arn:${fact.partition}:iam::${fact.account}:role/${role_name}"]
    roles      = policy_arns
  }
}

rule "aws_iam_user_policy_attachments_exclusive" {
  grant "exclusive" {
    role_kind = "aws_iam_policy"
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${user_name}"]
    roles      = policy_arns
  }
}

rule "aws_iam_group_policy_attachments_exclusive" {
  grant "exclusive" {
    role_kind = "aws_iam_policy"
    principals = ["arn:${fact.partition}:iam::${fact.account}:group/${group_name}"]
    roles      = policy_arns
  }
}

# These name the inline policies that may stay and delete the others. They give nothing, but what a shorter list deletes
# may be a policy that denies.
rule "aws_iam_role_policies_exclusive" "aws_iam_user_policies_exclusive" "aws_iam_group_policies_exclusive" {
  limit "policy_names" {
    value = policy_names
  }
}

# A member holds what the group holds.
rule "aws_iam_group_membership" {
  grant "exclusive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${users}"]
    actions    = ["iam:AddUserToGroup"]
    resources  = ["arn:${fact.partition}:iam::${fact.account}:group/${group}"]
  }
  harmless = ["name"]
}

rule "aws_iam_user_group_membership" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${user}"]
    actions    = ["iam:AddUserToGroup"]
    resources  = ["arn:${fact.partition}:iam::${fact.account}:group/${groups}"]
  }
}

# Every instance that is launched with the profile acts as the role.
rule "aws_iam_instance_profile" {
  identity {
    arn       = "arn:${fact.partition}:iam::${fact.account}:instance-profile${coalesce(path, "/")}${self.name}"
    id        = self.name
    name      = generated(name, name_prefix)
    unique_id = generated(unique_id)
  }
  grant "additive" {
    when       = role != null
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:${fact.partition}:iam::${fact.account}:role/${role}"]
  }
  harmless = ["name_prefix"]
}

# AWS writes both the trust and the permissions of such a role; the trust is what is given here.
rule "aws_iam_service_linked_role" {
  locals {
    name = generated(name, null, custom_suffix == null ? null : "_${custom_suffix}")
    arn  = "arn:${fact.partition}:iam::${fact.account}:role/aws-service-role/${aws_service_name}/${local.name}"
  }
  identity {
    arn       = local.arn
    id        = local.arn
    name      = local.name
    unique_id = generated(unique_id)
  }
  grant "trust" {
    principals = ["Service:${aws_service_name}"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:${fact.partition}:iam::${fact.account}:role/aws-service-role/${aws_service_name}/*"]
  }
}

# Who may be asked for tokens, and for which audience. IAM's key for the audience begins with the provider's own address
# (`HOST:aud`), which no fixed label can say: it is `oidc:aud` here.
rule "aws_iam_openid_connect_provider" {
  locals {
    host = trimprefix(url, "https://")
    arn  = "arn:${fact.partition}:iam::${fact.account}:oidc-provider/${local.host}"
  }
  # Once it is applied the state has it without a scheme, and what refers to it with it.
  identity {
    arn = local.arn
    id  = local.arn
    url = [url, local.host]
  }
  grant "trust" {
    principals = ["Federated:${self.arn}"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = [self.arn]
    condition "StringEquals" "oidc:aud" {
      values = client_id_list
    }
  }
  limit "thumbprint_list" {
    with_object = true
    value       = thumbprint_list
  }
}

# The metadata holds the certificate that vouches for everybody who comes this way.
rule "aws_iam_saml_provider" {
  identity {
    arn = "arn:${fact.partition}:iam::${fact.account}:saml-provider/${name}"
    id  = "arn:${fact.partition}:iam::${fact.account}:saml-provider/${name}"
  }
  grant "trust" {
    principals = ["Federated:${self.arn}"]
    actions    = ["sts:AssumeRoleWithSAML"]
    resources  = [self.arn]
  }
  limit "saml_metadata_document" {
    with_object = true
    value       = saml_metadata_document
  }
}

# Without a policy a password has 8 characters of three kinds; one that was set by hand may ask for more:
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
rule "aws_iam_account_password_policy" {
  limit "eight_characters" {
    value   = !contains(["6", "7"], minimum_password_length)
    tight   = true
    default = true
  }
  limit "minimum_password_length" {
    value = minimum_password_length
  }
  limit "max_password_age" {
    value = max_password_age
  }
  limit "password_reuse_prevention" {
    value = password_reuse_prevention
  }
  limit "require_lowercase_characters" {
    value   = require_lowercase_characters
    tight   = true
    default = true
  }
  limit "require_uppercase_characters" {
    value   = require_uppercase_characters
    tight   = true
    default = true
  }
  limit "require_numbers" {
    value   = require_numbers
    tight   = true
    default = true
  }
  limit "require_symbols" {
    value   = require_symbols
    tight   = true
    default = true
  }
  limit "hard_expiry" {
    value = hard_expiry
    tight = true
  }
}

# `RootSessions` lets the management account act as root in every account of the organization.
rule "aws_iam_organizations_features" {
  grant "additive" {
    when       = contains(enabled_features, "RootSessions")
    principals = ["arn:${fact.partition}:iam::${fact.account}:root"]
    actions    = ["sts:AssumeRoot"]
    resources  = ["arn:${fact.partition}:iam::*:root"]
  }
  grant "additive" {
    when       = contains(enabled_features, "RootCredentialsManagement")
    principals = ["arn:${fact.partition}:iam::${fact.account}:root"]
    actions    = ["iam:EnableOrganizationsRootCredentialsManagement"]
    resources  = ["arn:${fact.partition}:iam::*:root"]
  }
}

# A trust anchor says whose certificates count; a profile, which roles their holders become.
rule "aws_rolesanywhere_trust_anchor" {
  grant "trust" {
    when       = known_or(enabled, true)
    principals = ["Federated:${coalesce(source[0].source_data[0].acm_pca_arn, "rolesanywhere/${name}")}"]
    actions    = ["rolesanywhere:CreateSession"]
    resources  = ["arn:${fact.partition}:rolesanywhere:${local.place}:trust-anchor/*"]
  }
  limit "x509_certificate_data" {
    with_object = true
    value       = source[0].source_data[0].x509_certificate_data
  }
  harmless = ["notification_settings"]
}

rule "aws_rolesanywhere_profile" {
  grant "additive" {
    when       = enabled != false
    principals = ["Service:rolesanywhere.amazonaws.com"]
    actions    = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]
    resources  = role_arns
  }
  limit "managed_policy_arns" {
    with_object = true
    value       = managed_policy_arns
  }
  limit "session_policy" {
    with_object = true
    value       = session_policy
  }
}

# A budget that runs over attaches the policy by itself.
rule "aws_budgets_budget_action" {
  grant "additive" {
    role_kind = "aws_iam_policy"
    for_each   = definition[0].iam_action_definition
    principals = [
      "arn:${fact.partition}:iam::${fact.account}:role/${each.roles}",
      "arn:${fact.partition}:iam::${fact.account}:user/${each.users}",
      "arn:${fact.partition}:iam::${fact.account}:group/${each.groups}",
    ]
    roles = [each.policy_arn]
  }
  limit "scp_action_definition" {
    value = definition[0].scp_action_definition[0].policy_id
  }
  harmless = ["action_threshold", "approval_model", "notification_type", "subscriber"]
}
