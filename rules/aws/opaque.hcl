# What runs something that a plan does not show, or says what it allows in a language that nothing here reads.
#
# CloudFormation asks for a capability before it makes IAM resources, but makes bucket policies, key policies and
# permissions of functions without one: a stack is opaque whatever its capabilities are.

# A schedule with a universal target calls any API of AWS.
rule "aws_scheduler_schedule" {
  identity {
    arn  = "arn:${fact.partition}:scheduler:${local.place}:schedule/${known_or(group_name, "default")}/${self.name}"
    id   = "${known_or(group_name, "default")}/${self.name}"
    name = generated(name, name_prefix)
  }
  grant "opaque" {
    when   = startswith(target[0].arn, "arn:${fact.partition}:scheduler:::aws-sdk:")
    reason = "calls an API of AWS on a schedule"
  }
  harmless = [
    "description", "end_date", "flexible_time_window", "group_name", "schedule_expression", "schedule_expression_timezone",
    "start_date",
  ]
}

rule "aws_verifiedpermissions_policy" "aws_verifiedpermissions_policy_template" {
  grant "opaque" {
    reason = "is written in Cedar"
  }
}

# Whose people an application's policies speak of.
rule "aws_verifiedpermissions_identity_source" {
  locals {
    issuer = configuration[0].open_id_connect_configuration[0].issuer
    pool   = configuration[0].cognito_user_pool_configuration[0].user_pool_arn
  }
  grant "trust" {
    principals = ["Federated:${coalesce(local.issuer, local.pool)}"]
    actions    = ["verifiedpermissions:IsAuthorizedWithToken"]
    resources  = ["arn:${fact.partition}:verifiedpermissions::${fact.account}:policy-store/${policy_store_id}"]
  }
}

acts "aws_lambda_invocation" { reason = "runs a function" }

# A token of whoever plans (`aws_eks_cluster_auth`, `aws_ecr_authorization_token`) gives nobody more than he has.
acts "aws_redshift_cluster_credentials" "aws_redshiftserverless_credentials" {
  reason = "makes credentials of a database user while planning"
}
