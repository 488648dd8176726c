# Lambda: who may call a function or use a layer.

rule "aws_lambda_function" {
  identity {
    arn           = "arn:${fact.partition}:lambda:${coalesce(region, fact.region)}:${fact.account}:function:${function_name}"
    id            = function_name
    function_name = function_name
    invoke_arn    = "arn:${fact.partition}:apigateway:${coalesce(region, fact.region)}:lambda:path/2015-03-31/functions/arn:${fact.partition}:lambda:${coalesce(region, fact.region)}:${fact.account}:function:${function_name}/invocations"
  }
}

# `function_name` may be an ARN. The organization, the source and the kind of URL become conditions.
rule "aws_lambda_permission" {
  grant "additive" {
    principals = [principal == "*" || startswith(principal, "arn:") ? principal : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}" : "arn:${fact.partition}:iam::${principal}:root"]
    actions    = [action]
    resources  = ["${startswith(function_name, "arn:") ? function_name : "arn:${fact.partition}:lambda:${coalesce(region, fact.region)}:${fact.account}:function:${coalesce(split(":function:", function_name)[1], function_name)}"}${qualifier == null ? "" : ":${qualifier}"}"]
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
}

rule "aws_lambda_layer_version_permission" {
  grant "additive" {
    principals = [principal == "*" || startswith(principal, "arn:") ? principal : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}" : "arn:${fact.partition}:iam::${principal}:root"]
    actions    = [action]
    resources  = [startswith(layer_name, "arn:") ? "${layer_name}:${version_number}" : "arn:${fact.partition}:lambda:${coalesce(region, fact.region)}:${fact.account}:layer:${layer_name}:${version_number}"]
    condition "StringEquals" "aws:PrincipalOrgID" {
      values = organization_id
    }
  }
}

# Without authentication the function answers everybody: the provider gives the permission along with the address.
rule "aws_lambda_function_url" {
  grant "additive" {
    when       = authorization_type == "NONE"
    principals = ["*"]
    actions    = ["lambda:InvokeFunctionUrl"]
    resources  = ["${startswith(function_name, "arn:") ? function_name : "arn:${fact.partition}:lambda:${coalesce(region, fact.region)}:${fact.account}:function:${function_name}"}${qualifier == null ? "" : ":${qualifier}"}"]
    condition "StringEquals" "lambda:FunctionUrlAuthType" {
      values = ["NONE"]
    }
  }
}

rule "aws_sfn_state_machine" {
  identity {
    arn  = "arn:${fact.partition}:states:${coalesce(region, fact.region)}:${fact.account}:stateMachine:${name}"
    id   = "arn:${fact.partition}:states:${coalesce(region, fact.region)}:${fact.account}:stateMachine:${name}"
    name = name
  }
}
