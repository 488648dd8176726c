# Access that is given to named principals. The rules are those of rules/aws for the same things.

rule "awscc_apigateway_api_key" {
  grant "credential" {
    when       = known_or(enabled, true)
    principals = ["apigateway:${known_or(name, "*")}"]
  }
}

rule "awscc_chatbot_slack_channel_configuration" {
  templates = ["chat"]
  locals { channel = "slack:${slack_workspace_id}/${slack_channel_id}" }
}

rule "awscc_chatbot_microsoft_teams_channel_configuration" {
  templates = ["chat"]
  locals { channel = "teams:${team_id}/${teams_channel_id}" }
}

# Everybody in the channel acts as the role, within the guardrails.
template "chat" {
  needs = ["channel"]
  grant "additive" {
    principals = [local.channel]
    actions    = ["sts:AssumeRole"]
    resources  = [iam_role_arn]
  }
  limit "guardrail_policies" {
    with_object = true
    value       = known_or(guardrail_policies, null)
  }
  limit "user_role_required" {
    with_object = true
    value       = known_or(user_role_required, null)
    tight       = true
  }
  harmless = ["configuration_name", "logging_level", "sns_topic_arns"]
}

rule "awscc_cognito_user_pool_group" {
  grant "additive" {
    when       = known_or(role_arn, null) != null
    principals = ["cognito:${user_pool_id}/group/${group_name}"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = [role_arn]
  }
  harmless = ["precedence"]
}

rule "awscc_cognito_user_pool_user" {
  grant "credential" {
    principals = ["cognito:${user_pool_id}/${username}"]
  }
  harmless = ["desired_delivery_mediums", "message_action"]
}

rule "awscc_cognito_user_pool_user_to_group_attachment" {
  grant "additive" {
    principals = ["cognito:${user_pool_id}/${username}"]
    actions    = ["cognito-idp:AdminAddUserToGroup"]
    resources  = ["arn:${fact.partition}:cognito-idp:${local.place}:userpool/${user_pool_id}/group/${group_name}"]
  }
}

rule "awscc_config_aggregation_authorization" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${authorized_account_id}:root"]
    actions    = ["config:PutConfigurationAggregator"]
    resources  = ["arn:${fact.partition}:config:*:${fact.account}:aggregation-authorization/${authorized_account_id}/${authorized_aws_region}"]
  }
}

rule "awscc_detective_organization_admin" {
  templates = ["delegated_admin"]
  locals {
    account = account_id
    service = "detective"
  }
}

rule "awscc_securityhub_delegated_admin" {
  templates = ["delegated_admin"]
  locals {
    account = admin_account_id
    service = "securityhub"
  }
}

template "delegated_admin" {
  needs = ["account", "service"]
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${local.account}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["${local.service}.amazonaws.com"]
    }
  }
}

rule "awscc_docdbelastic_cluster" {
  grant "credential" {
    principals = ["docdb-elastic:${cluster_name}/${admin_user_name}"]
  }
  harmless = [
    "backup_retention_period", "preferred_backup_window", "preferred_maintenance_window", "shard_capacity", "shard_count",
    "vpc_security_group_ids",
  ]
}

rule "awscc_ec2_vpc_endpoint_service_permissions" {
  grant "exclusive" {
    for_each   = known_or(allowed_principals, [])
    principals = [each]
    actions    = ["ec2:CreateVpcEndpoint"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:vpc-endpoint-service/${service_id}"]
  }
}

rule "awscc_ecr_replication_configuration" {
  grant "additive" {
    for_each   = replication_configuration.rules[*].destinations[*]
    when       = each.registry_id != fact.account
    principals = ["arn:${fact.partition}:iam::${each.registry_id}:root"]
    actions    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources  = ["arn:${fact.partition}:ecr:${local.place}:repository/*"]
  }
}

rule "awscc_eks_identity_provider_config" {
  grant "trust" {
    principals = ["Federated:${oidc.issuer_url}"]
    actions    = ["eks:AccessKubernetesApi"]
    resources  = ["arn:${fact.partition}:eks:${local.place}:cluster/${cluster_name}"]
    condition "StringEquals" "oidc:aud" {
      values = [oidc.client_id]
    }
  }
}

rule "awscc_elasticache_user" {
  templates = ["cache_user"]
  locals { user = "arn:${fact.partition}:elasticache:${local.place}:user:${user_id}" }
  limit "password_required" {
    with_object = true
    value       = known_or(no_password_required, false) != true
    tight       = true
  }
}

rule "awscc_memorydb_user" {
  templates = ["cache_user"]
  locals { user = "arn:${fact.partition}:memorydb:${local.place}:user/${user_name}" }
}

template "cache_user" {
  needs = ["user"]
  grant "credential" {
    principals = [local.user]
  }
  limit "access_string" {
    with_object = true
    value       = known_or(access_string, null)
  }
}

rule "awscc_emr_studio_session_mapping" {
  grant "additive" {
    principals = ["arn:${fact.partition}:identitystore:::${lower(identity_type)}/${identity_name}"]
    roles      = [session_policy_arn]
    resources  = ["arn:${fact.partition}:elasticmapreduce:${local.place}:studio/${studio_id}"]
  }
}

# A device whose policy lets it use the alias acts as the role.
rule "awscc_iot_role_alias" {
  grant "additive" {
    principals = ["Service:credentials.iot.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = [role_arn]
  }
}

# An account is administered from the one that makes it.
rule "awscc_organizations_account" {
  identity {
    account_id = generated(account_id)
    id         = self.account_id
  }
  locals {
    resources = ["arn:${fact.partition}:iam::${self.account_id}:role/${known_or(role_name, "OrganizationAccountAccessRole")}"]
  }
  grant "trust" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:root"]
    actions    = ["sts:AssumeRole"]
    resources  = local.resources
  }
  grant "additive" {
    principals = local.resources
    roles      = ["arn:${fact.partition}:iam::aws:policy/AdministratorAccess"]
  }
  # What the policies of its unit forbid, an account leaves behind.
  limit "parent_ids" {
    with_object = true
    value       = known_or(parent_ids, null)
  }
  harmless = ["account_name"]
}

rule "awscc_redshift_endpoint_authorization" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${account}:root"]
    actions    = ["redshift:CreateEndpointAccess"]
    resources  = ["arn:${fact.partition}:redshift:${local.place}:cluster:${cluster_identifier}"]
    condition "StringEquals" "aws:SourceVpc" {
      values = known_or(vpc_ids, null)
    }
  }
}

rule "awscc_rolesanywhere_profile" {
  grant "additive" {
    when       = known_or(enabled, false) != false
    principals = ["Service:rolesanywhere.amazonaws.com"]
    actions    = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]
    resources  = role_arns
  }
  limit "managed_policy_arns" {
    with_object = true
    value       = known_or(managed_policy_arns, null)
  }
  limit "session_policy" {
    with_object = true
    value       = known_or(session_policy, null)
  }
}

rule "awscc_rolesanywhere_trust_anchor" {
  grant "trust" {
    when       = known_or(enabled, true)
    principals = ["Federated:${coalesce(known_or(source.source_data.acm_pca_arn, null), "rolesanywhere/${name}")}"]
    actions    = ["rolesanywhere:CreateSession"]
    resources  = ["arn:${fact.partition}:rolesanywhere:${local.place}:trust-anchor/*"]
  }
  limit "x509_certificate_data" {
    with_object = true
    value       = known_or(source.source_data.x509_certificate_data, null)
  }
  harmless = ["notification_settings"]
}

rule "awscc_s3_access_grant" {
  locals { prefix = coalesce(known_or(access_grants_location_configuration.s3_sub_prefix, null), "*") }
  grant "additive" {
    principals = [
      grantee.grantee_type == "IAM" ? grantee.grantee_identifier
      : grantee.grantee_type == "DIRECTORY_USER" ? "arn:${fact.partition}:identitystore:::user/${grantee.grantee_identifier}"
      : "arn:${fact.partition}:identitystore:::group/${grantee.grantee_identifier}",
    ]
    actions = [
      permission == "READ" || permission == "READWRITE"
      ? ["s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectVersion", "s3:GetObjectVersionAcl", "s3:ListBucket", "s3:ListMultipartUploadParts"]
      : null,
      permission == "WRITE" || permission == "READWRITE"
      ? [
        "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject", "s3:PutObjectAcl",
        "s3:PutObjectVersionAcl",
      ]
      : null,
    ]
    resources = [
      access_grants_location_id == "default"
      ? "arn:${fact.partition}:s3:::${local.prefix}"
      : "arn:${fact.partition}:s3:${local.place}:access-grants/default/location/${access_grants_location_id}/${local.prefix}",
    ]
  }
}

rule "awscc_servicecatalog_portfolio_principal_association" {
  grant "additive" {
    principals = [principal_arn]
    actions    = ["servicecatalog:ProvisionProduct"]
    resources  = ["arn:${fact.partition}:catalog:${local.place}:portfolio/${portfolio_id}"]
  }
  harmless = ["accept_language"]
}

rule "awscc_servicecatalog_portfolio_share" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${account_id}:root"]
    actions    = ["servicecatalog:AcceptPortfolioShare"]
    resources  = ["arn:${fact.partition}:catalog:${local.place}:portfolio/${portfolio_id}"]
  }
  harmless = ["accept_language"]
}

rule "awscc_shield_drt_access" {
  grant "additive" {
    principals = ["Service:drt.shield.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = [role_arn]
  }
  grant "additive" {
    for_each   = known_or(log_bucket_list, [])
    principals = ["Service:drt.shield.amazonaws.com"]
    actions    = ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"]
    resources  = ["arn:${fact.partition}:s3:::${each}", "arn:${fact.partition}:s3:::${each}/*"]
  }
}

rule "awscc_signer_profile_permission" {
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = [action]
    resources = ["arn:${fact.partition}:signer:${local.place}:/signing-profiles/${profile_name}"]
  }
  harmless = ["statement_id"]
}

rule "awscc_sso_application_assignment" {
  grant "additive" {
    principals = ["arn:${fact.partition}:identitystore:::${lower(principal_type)}/${principal_id}"]
    actions    = ["sso:CreateApplicationAssignment"]
    resources  = [application_arn]
  }
}
