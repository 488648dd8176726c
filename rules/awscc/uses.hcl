# Existing identities that are handed to something that runs, as in rules/aws/uses.hcl. The attributes are complete for
# hashicorp/awscc 1.96.0.

uses "awscc_*" {
  identities = ["awscc_iam_instance_profile", "awscc_iam_role"]
  attributes = [
    "compute_resources.instance_role", "custom_iam_instance_profile", "ec_2_instance_profile_arn", "iam_instance_profile", "iam_instance_profile.arn",
    "iam_instance_profile.name", "iam_instance_profile_arn", "instance_profile_arn",
    "launch_template_data.iam_instance_profile.arn", "launch_template_data.iam_instance_profile.name",
    "managed_instance.iam_instance_profile.arn", "managed_instance.iam_instance_profile.name",
    "spot_fleet_request_config_data.launch_specifications.iam_instance_profile.arn",
    "spot_fleet_request_config_data.launch_specifications.iam_instance_profile.name",
  ]
  grant "additive" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:instance-profile/${each}"]
  }
}

uses "awscc_imagebuilder_infrastructure_configuration" {
  identities = ["awscc_iam_instance_profile"]
  attributes = ["instance_profile_name"]
  grant "additive" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = ["arn:${fact.partition}:iam::${fact.account}:instance-profile/${each}"]
  }
}

uses "awscc_*" {
  identities = ["awscc_ec2_key_pair"]
  attributes = ["compute_resources.ec_2_key_pair", "key_pair", "key_pair_name", "launch_template_data.key_name"]
  grant "additive" {
    principals = ["arn:${fact.partition}:ec2:${local.place}:key-pair/${each}"]
    actions    = ["ec2-instance-connect:SendSSHPublicKey"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:instance/*"]
  }
}

uses "awscc_autoscaling_launch_configuration" "awscc_ec2_instance" "awscc_ec2_spot_fleet" "awscc_workspacesinstances_workspace_instance" {
  identities = ["awscc_ec2_key_pair"]
  attributes = ["key_name"]
  grant "additive" {
    principals = ["arn:${fact.partition}:ec2:${local.place}:key-pair/${each}"]
    actions    = ["ec2-instance-connect:SendSSHPublicKey"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:instance/*"]
  }
}

uses "awscc_*" {
  identities = ["awscc_ec2_launch_template"]
  attributes = [
    "launch_template.launch_template_id", "launch_template.launch_template_name",
    "launch_template_configs.launch_template_specification.launch_template_id",
    "launch_template_configs.launch_template_specification.launch_template_name",
    "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id",
    "mixed_instances_policy.launch_template.launch_template_specification.launch_template_name",
  ]
  grant "additive" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:launch-template/${each}"]
  }
}

uses "awscc_apigateway_*" "awscc_apigatewayv2_*" {
  identities = ["awscc_iam_role"]
  attributes = ["authorizer_credentials", "authorizer_credentials_arn", "credentials", "credentials_arn"]
  grant "additive" {
    when       = !endswith(each, ":user/*")
    principals = ["Service:apigateway.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [each]
  }
}

# These take the name of a role as well as its ARN.
uses "awscc_*" {
  identities = ["awscc_iam_role"]
  attributes = ["domain_iam_role_name", "invoker_role_name", "organization_role_name", "sns_role_name"]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:role/${each}"]
  }
}

uses "awscc_ecs_service" "awscc_glue_crawler" "awscc_glue_job" {
  identities = ["awscc_iam_role"]
  attributes = ["role"]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:role/${each}"]
  }
}

uses "awscc_*" {
  identities = ["awscc_iam_role"]
  attributes = [
    "accept_direct_connect_gateway_association_proposal_role_arn", "access_role", "access_role_arn",
    "action_log_line_role_arn", "admin_role", "admin_role_arn", "administration_role_arn", "agent_resource_role_arn",
    "alarm_role_arn", "allocate_private_virtual_interface_role_arn", "allocate_public_virtual_interface_role_arn",
    "allocate_transit_virtual_interface_role_arn", "association_dispatch_assume_role", "assumable_role_arn",
    "assumable_role_arns", "auto_sub_domain_iam_role", "bucket_access_role_arn", "build_role_arn",
    "capacity_provider_operator_role_arn", "catalog_encryption_service_role", "channel_role", "channel_role_arn",
    "cloudwatch_logs_role_arn", "cloudwatch_role_arn", "cluster_role", "cluster_role_arn", "codebuild_role_arn",
    "component_role_arn", "compute_role_arn", "cross_account_role_arn", "cross_account_role_arns", "custom_role_arn",
    "data_access_role", "data_access_role_arn", "data_api_role_arn", "data_source_role_arn", "data_transfer_role",
    "default_iam_role_arn", "deliver_cross_account_role", "deliver_logs_permission_arn", "device_permission_role_arn",
    "domain_execution_role", "domain_execution_role_arn", "environment_role_arn", "evaluation_execution_role_arn",
    "execution_role", "execution_role_arn", "execution_role_arns", "external_secret_rotation_role_arn",
    "failure_feedback_role_arn", "federation_role_arn", "file_system_access_role_arn", "firmware_update_role",
    "fleet_role_arn", "fleet_service_role", "guest_role_arn", "iam_fleet_role", "iam_role", "iam_role_arn",
    "iam_role_for_identity_center_application_arn", "iam_roles", "iam_service_role", "image_role_arn",
    "infrastructure_role_arn", "instance_role", "instance_role_arn", "invocation_role", "job_role_arn",
    "kinesis_role_arn", "kms_access_role_arn", "local_deployment_administration_role_arn", "location_registration_role",
    "log_role_arn", "logging_role", "manage_access_role", "manage_access_role_arn", "mcp_role_arn",
    "memory_execution_role_arn", "merged_api_execution_role_arn", "meta_store_manager_role_arn", "monitoring_role_arn",
    "node_role_arn", "operations_role", "operator_app_role_arn", "operator_role", "peer_role_arn", "pipeline_role_arn",
    "pod_execution_role_arn", "project_execution_role", "provisioning_role_arn", "retrieval_role_arn", "role",
    "role_arn", "runtime_role", "runtime_role_arn", "s3_bucket_role_arn", "scanner_role_arn",
    "scheduled_query_execution_role_arn", "scheduled_query_role_arn", "secret_access_role_arn",
    "secrets_manager_access_role_arn", "secrets_manager_oracle_asm_access_role_arn",
    "secrets_manager_security_db_encryption_access_role_arn", "secrets_role", "secrets_role_arn",
    "service_access_role_arn", "service_account_role_arn", "service_execution_role", "service_execution_role_arn",
    "service_linked_role_arn", "service_role", "service_role_arn", "source_role_arn", "spot_iam_fleet_role",
    "streams_kms_role", "subscription_role_arn", "success_feedback_role_arn", "sync_role", "target_role",
    "target_role_arn", "task_role_arn", "update_data_role", "user_role", "user_role_arn", "validation_role",
    "web_identity_role_arn",
  ]
  grant "additive" {
    when       = startswith(each, "arn:")
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [each]
  }
}
