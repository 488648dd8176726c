# What is handed a role in a text, a list of settings or a list of parameters, and what runs a document as that role. A role
# in an attribute of its own is in uses.hcl.

rule "aws_batch_job_definition" {
  locals { prefix = "arn:${fact.partition}:batch:${local.place}:job-definition/${name}" }
  identity {
    arn        = "${local.prefix}:${self.revision}"
    arn_prefix = local.prefix
    id         = "${local.prefix}:${self.revision}"
    name       = name
    revision   = generated(revision)
  }
  grant "additive" {
    for_each = concat(
      json(container_properties).jobRoleArn,
      json(container_properties).executionRoleArn,
      json(ecs_properties).taskProperties[*].taskRoleArn,
      json(ecs_properties).taskProperties[*].executionRoleArn,
      json(node_properties).nodeRangeProperties[*].container.jobRoleArn,
      json(node_properties).nodeRangeProperties[*].container.executionRoleArn,
    )
    principals = ["Service:ecs-tasks.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:role/${each}"]
  }
  harmless = [
    "arn_prefix", "container_properties", "deregister_on_new_revision", "ecs_properties", "node_properties", "parameters", "platform_capabilities", "propagate_tags",
    "retry_strategy", "revision", "scheduling_priority", "timeout",
  ]
}

# The role that a setting names may be a name or an ARN. A key opens the machines.
rule "aws_elastic_beanstalk_configuration_template" "aws_elastic_beanstalk_environment" {
  grant "additive" {
    for_each   = setting
    when       = each.name == "IamInstanceProfile"
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [
      startswith(each.value, "arn:") ? each.value : "arn:${fact.partition}:iam::${fact.account}:instance-profile/${each.value}",
    ]
  }
  grant "additive" {
    for_each   = setting
    when       = each.name == "ServiceRole" || each.name == "ServiceRoleForManagedUpdates"
    principals = ["Service:elasticbeanstalk.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each.value, "arn:") ? each.value : "arn:${fact.partition}:iam::${fact.account}:role/${each.value}"]
  }
  grant "additive" {
    for_each   = setting
    when       = each.name == "EC2KeyName"
    principals = ["arn:${fact.partition}:ec2:${local.place}:key-pair/${each.value}"]
    actions    = ["ec2-instance-connect:SendSSHPublicKey"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:instance/*"]
  }
  harmless = [
    "all_settings", "autoscaling_groups", "cname", "endpoint_url", "instances", "launch_configurations",
    "load_balancers", "poll_interval", "queues", "triggers", "version_label", "wait_for_ready_timeout",
  ]
}

rule "aws_emr_security_configuration" {
  grant "additive" {
    for_each   = json(configuration).AuthorizationConfiguration.EmrFsConfiguration.RoleMappings
    principals = ["Service:elasticmapreduce.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [each.Role]
  }
}

# A backup to a bucket, or the audit of one, is done as the role that the setting names.
rule "aws_db_option_group" {
  identity {
    arn  = "arn:${fact.partition}:rds:${local.place}:og:${self.name}"
    id   = self.name
    name = generated(name, name_prefix)
  }
  grant "additive" {
    for_each   = option[*].option_settings
    when       = each.name == "IAM_ROLE_ARN"
    principals = ["Service:rds.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [each.value]
  }
  harmless = ["option_group_description"]
}

rule "aws_config_remediation_configuration" {
  grant "opaque" {
    reason = "runs a document whenever a rule is not met"
  }
  grant "additive" {
    for_each   = parameter
    when       = each.name == "AutomationAssumeRole"
    principals = ["Service:ssm.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [each.static_value]
  }
}

# A launch constraint says as which role whoever may provision the product makes its stack; a template constraint, within
# which rules.
rule "aws_servicecatalog_constraint" {
  locals { parameters = json(parameters) }
  grant "additive" {
    for_each   = concat(local.parameters.RoleArn, local.parameters.AdminRole)
    principals = ["Service:servicecatalog.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [each]
    condition "StringEquals" "servicecatalog:ConstraintType" {
      values = [self.type]
    }
  }
  grant "additive" {
    for_each   = concat(local.parameters.LocalRoleName, local.parameters.ExecutionRole)
    principals = ["Service:servicecatalog.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = ["arn:${fact.partition}:iam::*:role/${each}"]
    condition "StringEquals" "servicecatalog:ConstraintType" {
      values = [self.type]
    }
  }
  limit "parameters" {
    value = self.type == "TEMPLATE" ? parameters : null
  }
  harmless = ["accept_language", "owner", "status"]
}

rule "aws_servicecatalog_service_action" {
  grant "opaque" {
    reason = "runs a document for the users of a portfolio"
  }
}

rule "aws_ssm_patch_baseline" {
  grant "opaque" {
    when   = source[0] != null
    reason = "installs software from the sources that it names"
  }
  harmless = [
    "approval_rule", "approved_patches", "approved_patches_compliance_level", "approved_patches_enable_non_security",
    "global_filter", "json", "name", "rejected_patches", "rejected_patches_action",
  ]
}

rule "aws_ssmincidents_response_plan" {
  grant "opaque" {
    when   = action[0].ssm_automation[0] != null
    reason = "runs a document when an incident begins"
  }
  harmless = ["chat_channel", "display_name", "engagements", "incident_template", "integration"]
}

# Two of the account's settings hold access back; the others are about names and metrics.
rule "aws_ecs_account_setting_default" {
  grant "opaque" {
    when   = (name == "tagResourceAuthorization" || name == "guardDutyActivate") && value != "on" && value != "enabled"
    reason = "switches off that tags need a permission of their own, or that intrusions are found"
  }
}

# The address of a web hook starts builds, which act as the project's role. Without filters every push and every pull
# request does, whoever opens it.
rule "aws_codebuild_webhook" {
  grant "trust" {
    principals = ["Federated:codebuild/${project_name}"]
    actions    = ["codebuild:StartBuild"]
    resources  = ["arn:${fact.partition}:codebuild:${local.place}:project/${project_name}"]
  }
  limit "branch_filter" {
    with_object = true
    value       = branch_filter
  }
  limit "filter_group" {
    with_object = true
    value       = filter_group
  }
  limit "pull_request_build_policy" {
    with_object = true
    value       = pull_request_build_policy
  }
  limit "scope_configuration" {
    with_object = true
    value       = scope_configuration
  }
  harmless = ["payload_url", "secret", "url"]
}

rule "aws_glue_dev_endpoint" {
  grant "credential" {
    when       = public_key != null || public_keys[0] != null
    principals = ["arn:${fact.partition}:glue:${local.place}:devEndpoint/${name}"]
  }
  harmless = [
    "availability_zone", "extra_jars_s3_path", "extra_python_libs_s3_path", "failure_reason", "number_of_nodes",
    "number_of_workers", "private_address", "public_address", "status", "worker_type", "yarn_endpoint_address",
    "zeppelin_remote_spark_interpreter_port",
  ]
}

rule "aws_sagemaker_servicecatalog_portfolio_status" {
  grant "opaque" {
    when   = status == "Enabled"
    reason = "opens a portfolio of templates to all users of Studio"
  }
}

# Of provider 6. Who administers what the capability deploys as its role.
rule "aws_eks_capability" {
  grant "additive" {
    for_each   = configuration[0].argo_cd[0].rbac_role_mapping
    principals = ["arn:${fact.partition}:identitystore:::${lower(each.identity[*].type)}/${each.identity[*].id}"]
    roles      = ["argocd:${each.role}"]
    resources  = ["arn:${fact.partition}:eks:${local.place}:cluster/${cluster_name}"]
  }
}

# Templates and configurations of machines: what starts from one acts as its instance profile.
rule "aws_launch_configuration" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:autoscaling:${local.place}:launchConfiguration:", ":launchConfigurationName/${self.name}")
    id   = self.name
    name = generated(name, name_prefix)
  }
}

rule "aws_launch_template" {
  identity {
    arn  = "arn:${fact.partition}:ec2:${local.place}:launch-template/${self.id}"
    id   = generated(id)
    name = generated(name, name_prefix)
  }
}
