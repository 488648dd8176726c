# What runs something that a plan does not show, or says what it allows in a language that nothing here reads.
#
# CloudFormation asks for a capability before it makes IAM resources, but makes bucket policies, key policies and
# permissions of functions without one: a stack is opaque whatever its capabilities are.

opaque "aws_lambda_invocation" {
  reason = "runs a function"
}

opaque "aws_ssm_association" {
  reason = "runs a document on instances"
}

opaque "aws_ssm_maintenance_window_task" {
  reason = "runs a document, a function or a state machine on a schedule"
}

opaque "aws_redshiftdata_statement" {
  reason = "runs SQL, which may grant"
}

opaque "aws_cloudcontrolapi_resource" {
  reason = "makes a resource of any type from a text"
}

opaque "aws_cloudformation_stack" {
  reason = "applies a template of its own, which may hold roles and policies"
}

opaque "aws_cloudformation_stack_set" {
  reason = "applies a template of its own in other accounts, which may hold roles and policies"
}

opaque "aws_cloudformation_stack_instances" {
  reason = "applies a stack set's template in other accounts"
}

opaque "aws_cloudformation_stack_set_instance" {
  reason = "applies a stack set's template in another account"
}

opaque "aws_cloudformation_type" {
  reason = "registers code that CloudFormation runs"
}

opaque "aws_serverlessapplicationrepository_cloudformation_stack" {
  reason = "applies a published application's template, which may hold roles and policies"
}

opaque "aws_servicecatalog_provisioned_product" {
  reason = "applies a product's template as the portfolio's launch role"
}

opaque "aws_sagemaker_project" {
  reason = "applies a product's template as the portfolio's launch role"
}

opaque "aws_datazone_environment" {
  reason = "applies a blueprint that makes roles"
}

opaque "aws_ssmquicksetup_configuration_manager" {
  reason = "applies templates of AWS in the accounts that it names, which make roles"
}

opaque "aws_controltower_landing_zone" {
  reason = "makes accounts, roles and policies as its manifest says"
}

opaque "aws_api_gateway_rest_api_put" {
  reason = "puts an API definition that may hold a policy"
}

# A schedule with a universal target calls any API of AWS.
rule "aws_scheduler_schedule" {
  grant "opaque" {
    when   = startswith(target[0].arn, "arn:${fact.partition}:scheduler:::aws-sdk:")
    reason = "calls an API of AWS on a schedule"
  }
}

rule "aws_verifiedpermissions_policy" {
  grant "opaque" {
    reason = "is written in Cedar"
  }
}

rule "aws_verifiedpermissions_policy_template" {
  grant "opaque" {
    reason = "is written in Cedar"
  }
}

# Whose people an application's policies speak of.
rule "aws_verifiedpermissions_identity_source" {
  grant "trust" {
    principals = ["Federated:${coalesce(configuration[0].open_id_connect_configuration[0].issuer, configuration[0].cognito_user_pool_configuration[0].user_pool_arn)}"]
    actions    = ["verifiedpermissions:IsAuthorizedWithToken"]
    resources  = ["arn:${fact.partition}:verifiedpermissions::${fact.account}:policy-store/${policy_store_id}"]
  }
}

acts "aws_lambda_invocation" {
  reason = "runs a function"
}
