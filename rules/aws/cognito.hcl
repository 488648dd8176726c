# Cognito: identity pools turn people who are known elsewhere, or not at all, into sessions of roles.

rule "aws_cognito_identity_pool" {
  locals { resources = ["arn:${fact.partition}:cognito-identity:${local.place}:identitypool/${id}"] }
  grant "trust" {
    when       = allow_unauthenticated_identities
    principals = ["*"]
    actions    = ["cognito-identity:GetCredentialsForIdentity"]
    resources  = local.resources
  }
  grant "trust" {
    for_each = concat(
      openid_connect_provider_arns,
      saml_provider_arns,
      keys(supported_login_providers),
      cognito_identity_providers[*].provider_name,
      developer_provider_name,
    )
    principals = ["Federated:${each}"]
    actions    = ["cognito-identity:GetCredentialsForIdentity"]
    resources  = local.resources
  }
  limit "server_side_token_check" {
    with_object = true
    value       = cognito_identity_providers[*].server_side_token_check
  }
  harmless = ["identity_pool_name"]
}

# The keys are those by which the roles' own trust policies tell identities apart. A mapping by token takes whichever role
# the token names.
rule "aws_cognito_identity_pool_roles_attachment" {
  grant "additive" {
    when       = roles.authenticated != null
    principals = ["Federated:cognito-identity.amazonaws.com"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = [roles.authenticated]
    condition "StringEquals" "cognito-identity.amazonaws.com:aud" {
      values = [identity_pool_id]
    }
    condition "ForAnyValue:StringLike" "cognito-identity.amazonaws.com:amr" {
      values = ["authenticated"]
    }
  }
  grant "additive" {
    when       = roles.unauthenticated != null
    principals = ["Federated:cognito-identity.amazonaws.com"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = [roles.unauthenticated]
    condition "StringEquals" "cognito-identity.amazonaws.com:aud" {
      values = [identity_pool_id]
    }
    condition "ForAnyValue:StringLike" "cognito-identity.amazonaws.com:amr" {
      values = ["unauthenticated"]
    }
  }
  grant "additive" {
    for_each   = role_mapping
    principals = ["Federated:cognito-identity.amazonaws.com"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = [each.type == "Token" ? "arn:${fact.partition}:iam::${fact.account}:role/*" : each.mapping_rule[*].role_arn]
    condition "StringEquals" "cognito-identity.amazonaws.com:aud" {
      values = [identity_pool_id]
    }
  }
}

rule "aws_cognito_identity_pool_provider_principal_tag" {
  grant "trust" {
    when       = principal_tags != null
    principals = ["Federated:${identity_provider_name}"]
    actions    = ["sts:TagSession"]
    resources  = ["arn:${fact.partition}:cognito-identity:${local.place}:identitypool/${identity_pool_id}"]
    condition "ForAllValues:StringEquals" "aws:TagKeys" {
      values = keys(principal_tags)
    }
  }
  limit "principal_tags" {
    with_object = true
    value       = principal_tags
  }
}

# A group's role is the one that its members' tokens ask for.
rule "aws_cognito_user_group" {
  grant "additive" {
    when       = role_arn != null
    principals = ["cognito:${user_pool_id}/group/${name}"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = [role_arn]
  }
  harmless = ["precedence"]
}

rule "aws_cognito_user_in_group" {
  grant "additive" {
    principals = ["cognito:${user_pool_id}/${username}"]
    actions    = ["cognito-idp:AdminAddUserToGroup"]
    resources  = ["arn:${fact.partition}:cognito-idp:${local.place}:userpool/${user_pool_id}/group/${group_name}"]
  }
}

# Everybody at the provider may sign in to the pool. Where it is, `provider_details` says, in each kind's own words.
rule "aws_cognito_identity_provider" {
  grant "trust" {
    principals = ["Federated:${coalesce(provider_details.oidc_issuer, provider_details.MetadataURL, provider_name)}"]
    actions    = ["cognito-idp:CreateIdentityProvider"]
    resources  = ["arn:${fact.partition}:cognito-idp:${local.place}:userpool/${user_pool_id}"]
  }
  limit "attribute_mapping" {
    with_object = true
    value       = attribute_mapping
  }
  limit "saml_metadata" {
    with_object = true
    value       = provider_details.MetadataFile
  }
}
