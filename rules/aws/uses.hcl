# Existing identities that are handed to something that runs. Whoever controls a function, a task or a machine acts as
# its role, so this is access though no IAM object changes. IAM's own name for the right to do so is `iam:PassRole`.
# The principal is the service where AWS has one name for it, and `Service:TYPE` with the Terraform type otherwise.
# The attributes are complete for hashicorp/aws 5.100.0 and 6.25.0; a role that stands in an attribute of another name,
# or in a text, is found by its value.

# Machines get a role by an instance profile, which is written as an ARN or as a name.
uses "aws_*" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = [
    "compute_resources.instance_role", "custom_iam_instance_profile", "custom_instance_profile_arn",
    "default_instance_profile_arn", "ec2_attributes.instance_profile", "ec2_instance_profile_arn",
    "iam_instance_profile", "iam_instance_profile.arn", "iam_instance_profile.name", "iam_instance_profile_arn",
    "instance_profile_arn", "instance_profile_name",
  ]
  grant "additive" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:instance-profile/${each}"]
  }
}

# A machine that is started from an existing template runs as the template's instance profile.
uses "aws_*" {
  identities = ["aws_launch_template"]
  attributes = [
    "compute_resources.launch_template.launch_template_id", "compute_resources.launch_template.launch_template_name",
    "launch_template.id", "launch_template.name",
    "launch_template_config.launch_template_specification.id",
    "launch_template_config.launch_template_specification.launch_template_id",
    "launch_template_config.launch_template_specification.launch_template_name",
    "launch_template_config.launch_template_specification.name",
    "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id",
    "mixed_instances_policy.launch_template.launch_template_specification.launch_template_name",
    "mixed_instances_policy.launch_template.override.launch_template_specification.launch_template_id",
    "mixed_instances_policy.launch_template.override.launch_template_specification.launch_template_name",
  ]
  grant "additive" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:launch-template/${each}"]
  }
}

uses "aws_autoscaling_group" {
  identities = ["aws_launch_configuration"]
  attributes = ["launch_configuration"]
  grant "additive" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:${fact.partition}:autoscaling:${local.place}:launchConfiguration:*:launchConfigurationName/${each}"]
  }
}

# Who holds the private half of an existing key signs in to the machine.
uses "aws_instance" "aws_launch_configuration" "aws_launch_template" "aws_spot_instance_request" {
  identities = ["aws_key_pair"]
  attributes = ["key_name"]
  grant "additive" {
    principals = ["arn:${fact.partition}:ec2:${local.place}:key-pair/${each}"]
    actions    = ["ec2-instance-connect:SendSSHPublicKey"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:instance/*"]
  }
}

uses "aws_*" {
  identities = ["aws_key_pair", "aws_lightsail_key_pair"]
  attributes = [
    "default_ssh_key_name", "ec2_attributes.key_name", "ec2_key_pair", "ec2_ssh_key", "key_pair", "key_pair_name",
    "launch_specification.key_name", "ssh_key_name",
  ]
  grant "additive" {
    principals = ["arn:${fact.partition}:ec2:${local.place}:key-pair/${each}"]
    actions    = ["ec2-instance-connect:SendSSHPublicKey"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:instance/*"]
  }
}

uses "aws_lambda_function" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = ["role"]
  grant "additive" {
    principals = ["Service:lambda.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [each]
  }
}

uses "aws_ecs_task_definition" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = ["execution_role_arn", "task_role_arn"]
  grant "additive" {
    principals = ["Service:ecs-tasks.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [each]
  }
}

# An integration calls AWS as the role for whoever may call the API. `arn:aws:iam::*:user/*` is the caller himself.
uses "aws_api_gateway_*" "aws_apigatewayv2_*" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = ["authorizer_credentials", "authorizer_credentials_arn", "credentials", "credentials_arn"]
  grant "additive" {
    when       = !endswith(each, ":user/*")
    principals = ["Service:apigateway.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [each]
  }
}

# These take the name of a role as well as its ARN.
uses "aws_*" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = [
    "definition.assume_role", "distribution.s3_export_configuration.role_name", "domain_iam_role_name",
    "identity_provider_details.identity_center_config.role", "organization_role_name", "replication_configuration.role",
  ]
  grant "additive" {
    when       = each != "LAUNCH_ROLE"
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:role/${each}"]
  }
}

uses "aws_elastictranscoder_pipeline" "aws_glue_crawler" "aws_guardduty_malware_protection_plan" "aws_s3_*" "aws_s3tables_*" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = ["role"]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:role/${each}"]
  }
}

uses "aws_ebs_snapshot_import" "aws_ecs_service" "aws_emr_cluster" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = ["autoscaling_role", "iam_role", "role_name", "service_role"]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:role/${each}"]
  }
}

uses "aws_*" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = [
    "access_role", "access_role_arn", "administration_role_arn", "agent_resource_role_arn", "alarm_role_arn",
    "amazon_bedrock_role_arn", "amazon_forecast_role_arn", "application_failure_feedback_role_arn",
    "application_success_feedback_role_arn", "assumable_role_arns", "autoscaling_role", "bucket_access_role_arn",
    "capacity_provider_operator_role_arn", "catalog_encryption_service_role", "cloud_watch_logs_role_arn",
    "cloudwatch_logs_role_arn", "cloudwatch_role_arn", "compute_role_arn", "cross_account_model_register_role_arn",
    "custom_role_arn", "data_access_role_arn", "data_api_role_arn", "default_iam_role_arn",
    "deliver_cross_account_role", "delivery_status_iam_role_arn", "domain_execution_role",
    "domain_execution_role_arn", "execution_role", "execution_role_arn", "execution_role_arns",
    "failure_feedback_role_arn", "file_system_access_role_arn", "firehose_failure_feedback_role_arn",
    "firehose_success_feedback_role_arn", "fleet_service_role", "guest_role_arn", "http_failure_feedback_role_arn",
    "http_success_feedback_role_arn", "iam_fleet_role", "iam_role", "iam_role_arn", "iam_roles",
    "iam_service_role_arn", "infrastructure_role_arn", "ingestion_role", "instance_role_arn", "invocation_role",
    "key_cache_secret_iam_arn", "lambda_failure_feedback_role_arn", "lambda_success_feedback_role_arn",
    "local_deployment_administration_role_arn", "log_role_arn", "logging_role", "manage_access_role_arn",
    "memory_execution_role_arn", "merged_api_execution_role_arn", "meta_store_manager_role_arn",
    "monitoring_role_arn", "node_role_arn", "orchestration_sending_role_arn", "pod_execution_role_arn",
    "provisioning_role_arn", "resource_access_role", "resource_access_role_arn", "retrieval_role_arn", "role_arn",
    "runtime_role_arn", "scanner_role_arn", "secrets_manager_access_role_arn", "service_access_role",
    "service_access_role_arn", "service_account_role_arn", "service_execution_role", "service_execution_role_arn",
    "service_linked_role_arn", "service_role", "service_role_arn", "source_role_arn", "spot_iam_fleet_role",
    "sqs_failure_feedback_role_arn", "sqs_success_feedback_role_arn", "subscription_role_arn",
    "success_feedback_role_arn", "target_role", "target_role_arn", "task_role_arn", "two_way_channel_role",
    "user_role",
  ]
  grant "additive" {
    when       = startswith(each, "arn:")
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [each]
  }
}
