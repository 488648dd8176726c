# Lambda: who may call a function or use a layer.

rule "aws_lambda_function" {
  locals { arn = "arn:${fact.partition}:lambda:${local.place}:function:${function_name}" }
  # The version of what is not published is `$LATEST`.
  locals {
    invoke        = "arn:${fact.partition}:apigateway:${local.region}:lambda:path/2015-03-31/functions"
    version       = publish == true ? generated(version) : "$LATEST"
    qualified_arn = "${local.arn}:${local.version}"
  }
  identity {
    arn                  = local.arn
    id                   = function_name
    function_name        = function_name
    invoke_arn           = "${local.invoke}/${local.arn}/invocations"
    qualified_arn        = local.qualified_arn
    qualified_invoke_arn = "${local.invoke}/${local.qualified_arn}/invocations"
    version              = local.version
  }
  limit "code_signing_config_arn" {
    with_object = true
    value       = code_signing_config_arn
  }
}

# `function_name` may be an ARN. The organization, the source and the kind of URL become conditions.
rule "aws_lambda_permission" {
  locals {
    name = coalesce(split(":function:", function_name)[1], function_name)
    arn  = startswith(function_name, "arn:") ? function_name : "arn:${fact.partition}:lambda:${local.place}:function:${local.name}"
  }
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = [action]
    resources = ["${local.arn}${qualifier == null ? "" : ":${qualifier}"}"]
    condition "ArnLike" "aws:SourceArn" {
      values = source_arn
    }
    condition "StringEquals" "aws:SourceAccount" {
      values = source_account
    }
    condition "StringEquals" "aws:PrincipalOrgID" {
      values = principal_org_id
    }
    condition "StringEquals" "lambda:FunctionUrlAuthType" {
      values = function_url_auth_type
    }
    condition "StringEquals" "lambda:EventSourceToken" {
      values = event_source_token
    }
  }
  harmless = ["statement_id", "statement_id_prefix"]
}

rule "aws_lambda_layer_version_permission" {
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = [action]
    resources = [
      startswith(layer_name, "arn:") ? "${layer_name}:${version_number}"
      : "arn:${fact.partition}:lambda:${local.place}:layer:${layer_name}:${version_number}",
    ]
    condition "StringEquals" "aws:PrincipalOrgID" {
      values = organization_id
    }
  }
  harmless = ["revision_id", "statement_id"]
}

# Without authentication the function answers everybody: the provider gives the permission along with the address.
rule "aws_lambda_function_url" {
  locals {
    arn = startswith(function_name, "arn:") ? function_name : "arn:${fact.partition}:lambda:${local.place}:function:${function_name}"
  }
  grant "additive" {
    when       = authorization_type == "NONE"
    principals = ["*"]
    actions    = ["lambda:InvokeFunctionUrl"]
    resources  = ["${local.arn}${qualifier == null ? "" : ":${qualifier}"}"]
    condition "StringEquals" "lambda:FunctionUrlAuthType" {
      values = ["NONE"]
    }
  }
  harmless = ["cors", "invoke_mode"]
}

rule "aws_sfn_state_machine" {
  identity {
    arn  = "arn:${fact.partition}:states:${local.place}:stateMachine:${self.name}"
    id   = "arn:${fact.partition}:states:${local.place}:stateMachine:${self.name}"
    name = generated(name, name_prefix)
  }
}
