# What the pack says beyond IAM's own words:
#
# - Principals: ARNs bare; everyone is `*`; a service is `Service:NAME`; an identity provider `Federated:NAME`; an
#   account is its root ARN; an S3 canonical user is `CanonicalUser:ID`.
# - An edge that IAM has no word for is named by what its receiver may do (`ec2:RunInstances` on a shared image), and
#   where that has no name either, by the IAM action with which the receiver could have made the edge himself
#   (`iam:AddUserToGroup` for a membership): whoever holds that action holds the edge already.
# - What is handed a role acts as it: `sts:AssumeRole` on the role. So the approval of a role's trust covers the wiring.
# - A role, user or group that is known by name alone gets an ARN without a path; names are unique in an account.
#
# A role that reaches somebody new (pods, identity pools, instance profiles, devices, chat rooms, …) is read by the type's
# own rule. A service that is merely configured with one (`role_arn`, `execution_role`, …) is in uses.hcl.

pack "aws" {
  sources        = ["hashicorp/aws"]
  prefix         = "aws_"
  dialect        = "aws"
  known_by       = "arn"
  ordered_blocks = ["statement"]
  built_in_roles = ["arn:*:iam::aws:policy/*"]
  harmless       = [
    "apply_immediately", "comment", "deletion_protection", "description", "final_snapshot_identifier", "force_destroy",
    "skip_destroy", "skip_final_snapshot", "tags", "tags_all", "timeouts",
  ]
  secrets        = ["encrypted_secret", "password", "private_key", "secret", "ses_smtp_password_v4", "value"]
}

# Where roles are assumed one after another, the last one counts, and a web identity comes before them.
fact "account" {
  provider = [
    split(":", coalesce(last(assume_role[*].role_arn), assume_role_with_web_identity[0].role_arn))[4],
    allowed_account_ids,
  ]
  data     = { aws_caller_identity = "account_id" }
  default  = null
  unaffected_by = ["default_tags", "ignore_tags", "max_retries", "region", "retry_mode"]
  # By name: an ARN as argument could name what others share.
  read "aws_acm_certificate" "aws_cloudwatch_log_group" "aws_db_instance" "aws_eks_cluster" "aws_iam_group" "aws_iam_instance_profile" "aws_iam_role" "aws_iam_user" "aws_instance" "aws_kms_alias" "aws_lb" "aws_rds_cluster" "aws_sfn_state_machine" "aws_sns_topic" "aws_sqs_queue" {
    value = split(":", arn)[4]
  }
  read "aws_dynamodb_table" {
    value = startswith(name, "arn:") ? null : split(":", arn)[4]
  }
  managed "aws_cloudwatch_event_rule" "aws_cloudwatch_log_group" "aws_db_instance" "aws_dynamodb_table" "aws_ecr_repository" "aws_ecs_cluster" "aws_eks_cluster" "aws_iam_group" "aws_iam_instance_profile" "aws_iam_policy" "aws_iam_role" "aws_iam_user" "aws_instance" "aws_kms_key" "aws_lambda_function" "aws_lb" "aws_rds_cluster" "aws_secretsmanager_secret" "aws_sfn_state_machine" "aws_sns_topic" "aws_sqs_queue" {
    value = split(":", arn)[4]
  }
}

# An object may have a region of its own, so objects say nothing of the provider's.
fact "region" {
  provider = region
  data     = { aws_region = "name" }
  default  = null
}

fact "partition" {
  provider = startswith(region, "cn-") ? "aws-cn" : startswith(region, "us-gov-") ? "aws-us-gov" : null
  data     = { aws_partition = "partition" }
  default  = "aws"
}

# Who runs the apply: the creator of a cluster becomes its administrator. A session is another name for the role.
fact "caller" {
  provider = last(assume_role[*].role_arn)
  fallback = { aws_caller_identity = "arn" }
  default  = null
  unaffected_by = ["default_tags", "ignore_tags", "max_retries", "region", "retry_mode"]
}

document "aws_iam_policy_document" {
  attribute = "json"
  format    = "aws_policy_arguments"
}

locals {
  region = coalesce(region, fact.region)
  place  = "${local.region}:${fact.account}"
  # Of services that have their own names in each partition; of the others nothing is said.
  dns = fact.partition == "aws" || fact.partition == "aws-us-gov" ? "amazonaws.com" : fact.partition == "aws-cn" ? "amazonaws.com.cn" : null
}
