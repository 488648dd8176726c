# Who calls functions and APIs, who reads buckets, who opens machines and databases, and what is switched off.

rule "awscc_lambda_function" {
  identity {
    arn           = "arn:${fact.partition}:lambda:${local.place}:function:${function_name}"
    id            = function_name
    function_name = function_name
  }
  limit "code_signing_config_arn" {
    with_object = true
    value       = known_or(code_signing_config_arn, null)
  }
}

rule "awscc_lambda_permission" {
  locals {
    arn = startswith(function_name, "arn:") ? function_name : "arn:${fact.partition}:lambda:${local.place}:function:${function_name}"
  }
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = [action]
    resources = [local.arn]
    condition "ArnLike" "aws:SourceArn" {
      values = known_or(source_arn, null)
    }
    condition "StringEquals" "aws:SourceAccount" {
      values = known_or(source_account, null)
    }
    condition "StringEquals" "aws:PrincipalOrgID" {
      values = known_or(principal_org_id, null)
    }
    condition "StringEquals" "lambda:FunctionUrlAuthType" {
      values = known_or(function_url_auth_type, null)
    }
    condition "StringEquals" "lambda:EventSourceToken" {
      values = known_or(event_source_token, null)
    }
  }
}

rule "awscc_lambda_layer_version_permission" {
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = [action]
    resources = [layer_version_arn]
    condition "StringEquals" "aws:PrincipalOrgID" {
      values = known_or(organization_id, null)
    }
  }
}

# The address answers everybody whom a permission lets in; without authentication that is one for everybody.
rule "awscc_lambda_url" {
  grant "additive" {
    when       = auth_type == "NONE"
    principals = ["*"]
    actions    = ["lambda:InvokeFunctionUrl"]
    resources  = [
      startswith(target_function_arn, "arn:") ? target_function_arn
      : "arn:${fact.partition}:lambda:${local.place}:function:${target_function_arn}",
    ]
    condition "StringEquals" "lambda:FunctionUrlAuthType" {
      values = ["NONE"]
    }
  }
  harmless = ["cors", "invoke_mode"]
}

rule "awscc_lambda_code_signing_config" {
  grant "trust" {
    principals = [
      coalesce(known_or(code_signing_policies, null).untrusted_artifact_on_deployment, "Warn") == "Warn" ? "*"
      : allowed_publishers.signing_profile_version_arns,
    ]
    actions   = ["lambda:UpdateFunctionCode"]
    resources = ["arn:${fact.partition}:lambda:${local.place}:code-signing-config:*"]
  }
}

# `access_control` is a canned ACL in CloudFormation's words.
rule "awscc_s3_bucket" {
  locals { arn = "arn:${fact.partition}:s3:::${bucket_name}" }
  identity {
    arn         = local.arn
    id          = bucket_name
    bucket_name = bucket_name
  }
  grant "additive" {
    when = (
      known_or(access_control, null) == "PublicRead" || known_or(access_control, null) == "PublicReadWrite"
      || known_or(access_control, null) == "AuthenticatedRead"
    )
    principals = ["*"]
    actions    = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
    resources  = [local.arn]
  }
  grant "additive" {
    when       = known_or(access_control, null) == "PublicReadWrite"
    principals = ["*"]
    actions    = ["s3:DeleteObject", "s3:PutObject"]
    resources  = ["${local.arn}/*"]
  }
  grant "additive" {
    when       = known_or(access_control, null) == "LogDeliveryWrite"
    principals = ["Service:logging.s3.amazonaws.com"]
    actions    = ["s3:GetBucketAcl", "s3:PutObject"]
    resources  = [local.arn, "${local.arn}/*"]
  }
  grant "additive" {
    when       = known_or(access_control, null) == "AwsExecRead"
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["s3:GetObject"]
    resources  = ["${local.arn}/*"]
  }
  grant "additive" {
    for_each   = known_or(replication_configuration, null).rules[*].destination
    when       = each.account != null && each.account != fact.account
    principals = ["arn:${fact.partition}:iam::${each.account}:root"]
    actions    = ["s3:GetObject", "s3:GetObjectVersion"]
    resources  = ["${local.arn}/*"]
  }
  limit "public_access_block_configuration" {
    with_object = true
    value       = known_or(public_access_block_configuration, null)
  }
  limit "ownership_controls" {
    with_object = true
    value       = known_or(ownership_controls, null)
  }
  limit "object_lock_configuration" {
    with_object = true
    value       = known_or(object_lock_configuration, null)
  }
}

# The key opens every instance that is launched with it.
rule "awscc_ec2_key_pair" {
  identity {
    id       = key_name
    key_name = key_name
  }
  grant "credential" {
    principals = ["arn:${fact.partition}:ec2:${local.place}:key-pair/${key_name}"]
  }
}

rule "awscc_rds_db_instance" {
  grant "credential" {
    when       = known_or(master_user_password, null) != null || known_or(manage_master_user_password, null)
    principals = ["arn:${fact.partition}:rds:${local.place}:db:${db_instance_identifier}/${known_or(master_username, "*")}"]
  }
}

rule "awscc_rds_db_cluster" {
  grant "credential" {
    when       = known_or(master_user_password, null) != null || known_or(manage_master_user_password, null)
    principals = ["arn:${fact.partition}:rds:${local.place}:cluster:${db_cluster_identifier}/${known_or(master_username, "*")}"]
  }
}

# A value that is stored for others to read; who may, their own policies say.
rule "awscc_secretsmanager_secret" {
  grant "credential" {
    when       = known_or(secret_string, null) != null || known_or(generate_secret_string, null) != null
    principals = ["arn:${fact.partition}:secretsmanager:${local.place}:secret:${name}"]
  }
  harmless = ["kms_key_id", "replica_regions"]
}

rule "awscc_apigateway_method" {
  grant "additive" {
    when       = known_or(authorization_type, "NONE") == "NONE"
    principals = ["*"]
    actions    = ["execute-api:Invoke"]
    resources  = ["arn:${fact.partition}:execute-api:${local.place}:${rest_api_id}/*/${http_method == "ANY" ? "*" : http_method}/*"]
  }
}

rule "awscc_apigatewayv2_route" {
  grant "additive" {
    when       = known_or(authorization_type, "NONE") == "NONE"
    principals = ["*"]
    actions    = ["execute-api:Invoke"]
    resources  = ["arn:${fact.partition}:execute-api:${local.place}:${api_id}/*"]
  }
}

rule "awscc_apigatewayv2_api" {
  grant "opaque" {
    when   = known_or(body, null) != null || known_or(body_s3_location, null) != null
    reason = "puts an API definition that may hold routes without authorization and roles"
  }
  grant "additive" {
    when       = known_or(target, null) != null
    principals = ["*"]
    actions    = ["execute-api:Invoke"]
    resources  = ["arn:${fact.partition}:execute-api:${local.place}:*"]
  }
}

rule "awscc_apigateway_rest_api" {
  templates = ["policy"]
  locals {
    policy    = known_or(policy, null)
    resources = ["arn:${fact.partition}:execute-api:${local.place}:*"]
  }
  grant "opaque" {
    when   = known_or(body, null) != null || known_or(body_s3_location, null) != null || known_or(clone_from, null) != null
    reason = "puts an API definition that may hold a policy, roles and methods without authorization"
  }
}

rule "awscc_apigateway_domain_name_v2" {
  templates = ["policy"]
  locals {
    policy    = known_or(policy, null)
    resources = ["arn:${fact.partition}:execute-api:${local.place}:/domainnames/${domain_name}*"]
  }
}

# An entry lets in; an entry of another type than `STANDARD` makes its principal a node.
rule "awscc_eks_access_entry" {
  locals { cluster = "arn:${fact.partition}:eks:${local.place}:cluster/${cluster_name}" }
  grant "additive" {
    principals = [principal_arn]
    actions    = ["eks:AccessKubernetesApi"]
    resources  = [local.cluster]
  }
  grant "additive" {
    when       = known_or(self.type, "STANDARD") != "STANDARD"
    principals = [principal_arn]
    actions    = ["eks:CreateAccessEntry"]
    resources  = [local.cluster]
    condition "StringEquals" "eks:accessEntryType" {
      values = [self.type]
    }
  }
  grant "additive" {
    for_each   = known_or(kubernetes_groups, null)
    principals = [principal_arn]
    actions    = ["eks:CreateAccessEntry"]
    resources  = [local.cluster]
    condition "ForAllValues:StringEquals" "eks:kubernetesGroups" {
      values = [each]
    }
  }
  grant "additive" {
    for_each   = known_or(access_policies, null)
    principals = [principal_arn]
    roles      = [each.policy_arn]
    resources  = [local.cluster]
    condition "ForAllValues:StringEquals" "eks:namespaces" {
      values = each.access_scope.type == "cluster" ? null : each.access_scope.namespaces
    }
  }
  grant "additive" {
    when       = known_or(username, null) != null
    principals = [principal_arn]
    actions    = ["eks:CreateAccessEntry"]
    resources  = [local.cluster]
    condition "StringEquals" "eks:username" {
      values = [username]
    }
  }
}

rule "awscc_eks_pod_identity_association" {
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
  limit "policy" {
    with_object = true
    value       = known_or(policy, null)
  }
}

rule "awscc_iot_policy" {
  identity {
    id          = policy_name
    policy_name = policy_name
  }
  grant "definition" {
    names    = [policy_name]
    document = policy_document
  }
}

# A share has members and resources.
rule "awscc_ram_resource_share" {
  grant "additive" {
    for_each   = known_or(principals, null)
    principals = [
      each == "*" || startswith(each, "arn:") ? each
      : endswith(each, ".amazonaws.com") || endswith(each, ".amazon.com") ? "Service:${each}"
      : "arn:${fact.partition}:iam::${each}:root",
    ]
    actions   = ["ram:AssociateResourceShare"]
    resources = coalesce(known_or(resource_arns, null), "*")
  }
  limit "allow_external_principals" {
    with_object = true
    value       = known_or(allow_external_principals, true) != true
    tight       = true
  }
}

rule "awscc_acmpca_permission" {
  grant "additive" {
    principals = [startswith(principal, "arn:") ? principal : "Service:${principal}"]
    actions    = ["acm-pca:${actions}"]
    resources  = [certificate_authority_arn]
    condition "StringEquals" "aws:SourceAccount" {
      values = known_or(source_account, null)
    }
  }
}

rule "awscc_oam_link" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${split(":", sink_identifier)[4]}:root"]
    actions    = ["oam:Link/${resource_types}"]
    resources  = ["*"]
  }
}

rule "awscc_vpclattice_service" "awscc_vpclattice_service_network" {
  limit "auth_type" {
    with_object = true
    value       = known_or(auth_type, null)
    tight       = "AWS_IAM"
  }
}

rule "awscc_ivs_channel" {
  grant "additive" {
    when       = !known_or(authorized, false)
    principals = ["*"]
    actions    = ["ivs:CreatePlaybackRestrictionPolicy"]
    resources  = ["arn:${fact.partition}:ivs:${local.place}:channel/*"]
  }
}

rule "awscc_msk_cluster" {
  grant "additive" {
    when       = known_or(client_authentication, null).unauthenticated.enabled
    principals = ["*"]
    actions    = ["kafka-cluster:*"]
    resources  = ["arn:${fact.partition}:kafka:${local.place}:*/${cluster_name}/*"]
  }
}

rule "awscc_cloudtrail_trail" {
  limit "is_logging" {
    value = is_logging
    tight = true
  }
  limit "is_multi_region_trail" {
    value = known_or(is_multi_region_trail, null)
    tight = true
  }
  limit "include_global_service_events" {
    value = known_or(include_global_service_events, null)
    tight = true
  }
  limit "enable_log_file_validation" {
    value = known_or(enable_log_file_validation, null)
    tight = true
  }
  limit "s3_bucket_name" {
    value = s3_bucket_name
  }
  limit "event_selectors" {
    value = known_or(event_selectors, null)
  }
  limit "advanced_event_selectors" {
    value = known_or(advanced_event_selectors, null)
  }
  harmless = ["cloudwatch_logs_log_group_arn", "insight_selectors", "kms_key_id", "s3_key_prefix", "sns_topic_name"]
}

rule "awscc_guardduty_detector" {
  limit "enable" {
    value = enable
    tight = true
  }
  limit "features" {
    value = known_or(features, null)
  }
  limit "data_sources" {
    value = known_or(data_sources, null)
  }
  harmless = ["finding_publishing_frequency"]
}

# A schedule with a universal target calls any API of AWS.
rule "awscc_scheduler_schedule" {
  grant "opaque" {
    when   = startswith(target.arn, "arn:${fact.partition}:scheduler:::aws-sdk:")
    reason = "calls an API of AWS on a schedule"
  }
}

# Machines act as the instance profile of a template that exists.
rule "awscc_ec2_launch_template" {
  identity {
    id                   = launch_template_id
    launch_template_id   = launch_template_id
    launch_template_name = launch_template_name
  }
}
