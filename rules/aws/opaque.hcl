# What runs something that a plan does not show, or says what it allows in a language that nothing here reads.
#
# CloudFormation asks for a capability before it makes IAM resources, but makes bucket policies, key policies and
# permissions of functions without one: a stack is opaque whatever its capabilities are.

opaque {
  aws_lambda_invocation                                    = "runs a function"
  aws_ssm_association                                      = "runs a document on instances"
  aws_ssm_maintenance_window_task                          = "runs a document, a function or a state machine on a schedule"
  aws_redshiftdata_statement                               = "runs SQL, which may grant"
  aws_cloudcontrolapi_resource                             = "makes a resource of any type from a text"
  aws_cloudformation_stack                                 = "applies a template of its own, which may hold roles and policies"
  aws_cloudformation_stack_instances                       = "applies a stack set's template in other accounts"
  aws_cloudformation_stack_set_instance                    = "applies a stack set's template in another account"
  aws_cloudformation_type                                  = "registers code that CloudFormation runs"
  aws_serverlessapplicationrepository_cloudformation_stack = "applies a published application's template, which may hold roles and policies"
  aws_servicecatalog_provisioned_product                   = "applies a product's template as the portfolio's launch role"
  aws_sagemaker_project                                    = "applies a product's template as the portfolio's launch role"
  aws_datazone_environment                                 = "applies a blueprint that makes roles"
  aws_ssmquicksetup_configuration_manager                  = "applies templates of AWS in the accounts that it names, which make roles"
  aws_controltower_landing_zone                            = "makes accounts, roles and policies as its manifest says"
  aws_api_gateway_rest_api_put                             = "puts an API definition that may hold a policy"
}

opaque "aws_cloudformation_stack_set" {
  reason = "applies a template of its own in other accounts, which may hold roles and policies"
}

# A schedule with a universal target calls any API of AWS.
rule "aws_scheduler_schedule" {
  grant "opaque" {
    when   = startswith(target[0].arn, "arn:${fact.partition}:scheduler:::aws-sdk:")
    reason = "calls an API of AWS on a schedule"
  }
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
