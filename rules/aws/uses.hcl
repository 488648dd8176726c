# Existing identities that are handed to something that runs. Whoever controls a function, a task or a machine acts as
# its role, so this is access though no IAM object changes. IAM's own name for the right to do so is `iam:PassRole`.
# The principal is the service where AWS has one name for it, and `Service:TYPE` with the Terraform type otherwise.
# Source: the arguments of the provider's schema, hashicorp/aws 5.100.0.

uses "aws_instance" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = ["iam_instance_profile"]
  grant "additive" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = ["arn:${fact.partition}:iam::${fact.account}:instance-profile/${each}"]
  }
}

uses "aws_launch_template" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = ["iam_instance_profile.arn", "iam_instance_profile.name"]
  grant "additive" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${fact.account}:instance-profile/${each}"]
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

uses "aws_*" {
  identities = ["aws_iam_role", "aws_iam_instance_profile"]
  attributes = [
    "access_role", "administration_role_arn", "agent_resource_role_arn", "autoscaling_role",
    "cloud_watch_logs_role_arn", "cloudwatch_role_arn", "compute_role_arn", "custom_role_arn",
    "data_access_role_arn", "default_iam_role_arn", "delivery_status_iam_role_arn", "domain_execution_role",
    "execution_role", "execution_role_arn", "failure_feedback_role_arn", "file_system_access_role_arn",
    "fleet_service_role", "iam_fleet_role", "iam_role", "iam_role_arn", "iam_roles",
    "iam_service_role_arn", "instance_role_arn", "invocation_role", "logging_role", "manage_access_role_arn",
    "merged_api_execution_role_arn", "meta_store_manager_role_arn", "monitoring_role_arn", "node_role_arn",
    "orchestration_sending_role_arn", "pod_execution_role_arn", "provisioning_role_arn",
    "resource_access_role", "resource_access_role_arn", "retrieval_role_arn", "role_arn",
    "runtime_role_arn", "secrets_manager_access_role_arn", "service_access_role", "service_access_role_arn",
    "service_account_role_arn", "service_execution_role", "service_execution_role_arn", "service_role",
    "service_role_arn", "subscription_role_arn", "success_feedback_role_arn", "target_role",
    "two_way_channel_role",
  ]
  grant "additive" {
    when       = startswith(each, "arn:")
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [each]
  }
}
