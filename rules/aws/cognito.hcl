# Cognito: identity pools turn people who are known elsewhere, or not at all, into sessions of roles.

rule "aws_cognito_identity_pool" {
  identity {
    arn = "arn:${fact.partition}:cognito-identity:${local.place}:identitypool/${self.id}"
    id  = generated(id, "${local.region}:")
  }
  locals { resources = ["arn:${fact.partition}:cognito-identity:${local.place}:identitypool/${self.id}"] }
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
  # Without the enhanced flow the client chooses the role.
  grant "trust" {
    when       = allow_classic_flow
    principals = ["Federated:cognito-identity.amazonaws.com"]
    actions    = ["cognito-identity:GetOpenIdToken"]
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

# People who sign up become users; what a pool's users may do, an identity pool says. Some triggers decide who is signed in,
# or what his token says of him.
rule "aws_cognito_user_pool" {
  identity {
    arn      = "arn:${fact.partition}:cognito-idp:${local.place}:userpool/${self.id}"
    endpoint = "cognito-idp.${local.region}.${local.dns}/${self.id}"
    id       = generated(id, "${local.region}_")
    name     = name
  }
  locals { lambda = lambda_config[0] }
  grant "trust" {
    for_each = concat(
      local.lambda.create_auth_challenge,
      local.lambda.define_auth_challenge,
      local.lambda.verify_auth_challenge_response,
      local.lambda.user_migration,
      known_or(local.lambda.pre_token_generation, null),
      local.lambda.pre_token_generation_config[0].lambda_arn,
    )
    principals = [each]
    actions    = ["cognito-idp:InitiateAuth"]
    resources  = ["arn:${fact.partition}:cognito-idp:${local.place}:userpool/*"]
  }
  limit "allow_admin_create_user_only" {
    with_object = true
    value       = admin_create_user_config[0].allow_admin_create_user_only
    tight       = true
  }
  limit "mfa_configuration" {
    with_object = true
    value       = mfa_configuration
    tight       = "ON"
  }
  limit "password_policy" {
    with_object = true
    value       = password_policy
  }
  limit "pre_sign_up" {
    with_object = true
    value       = lambda_config[0].pre_sign_up
  }
  limit "pre_authentication" {
    with_object = true
    value       = lambda_config[0].pre_authentication
  }
  harmless = [
    "creation_date", "custom_domain", "domain", "email_configuration", "email_mfa_configuration",
    "email_verification_message", "email_verification_subject", "endpoint", "estimated_number_of_users",
    "last_modified_date", "name", "sms_authentication_message", "sms_configuration", "sms_verification_message",
    "user_pool_tier", "verification_message_template",
  ]
}

rule "aws_cognito_managed_user_pool_client" {
  identity {
    id = generated(id)
  }
  limit "callback_urls" {
    with_object = true
    value       = callback_urls
  }
  limit "allowed_oauth_flows" {
    with_object = true
    value       = allowed_oauth_flows
  }
  limit "allowed_oauth_scopes" {
    with_object = true
    value       = allowed_oauth_scopes
  }
  limit "explicit_auth_flows" {
    with_object = true
    value       = explicit_auth_flows
  }
}
