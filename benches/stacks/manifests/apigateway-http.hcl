# A public HTTP interface before a function and a workflow.
process_owner = "security"

system "shop" {
  owner = "team-shop"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["shop"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "shop"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["Service:*.amazonaws.com", "Service:aws_*"]
    actions    = ["sts:AssumeRole", "sts:TagSession", "iam:PassRole"]
    resources  = ["arn:aws:iam::${account}:role/*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/*"]
    roles      = ["arn:aws:iam::aws:policy/service-role/*"]
  }
}

approval "SHOP-4" {
  justification = "The public interface calls a function and starts a workflow; whoever calls needs no account"
  system        = "shop"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # the id of the interface is made by AWS
    principals = ["*"]
    actions    = ["execute-api:Invoke"]
    resources  = ["arn:aws:execute-api:eu-west-1:${account}:${module.api_gateway.aws_apigatewayv2_api.this[0].id}/*"]
  }

  grant "terraform" { # its definition is written by routes, not by an OpenAPI body
    principals = ["terraform"]
    actions    = ["apply:aws_apigatewayv2_api"]
    resources  = ["module.api_gateway.aws_apigatewayv2_api.this[0]"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-complete-http"]
    actions    = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources  = ["arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/ex-complete-http:*"]
  }

  grant "aws" { # the module gives the workflow's role no narrower policy
    principals = ["arn:aws:iam::${account}:role/ex-complete-http-step-function"]
    actions    = ["states:StartExecution"]
    resources  = ["*"]
  }

  grant "aws" { # each version of the function and its newest one
    principals = ["Service:apigateway.amazonaws.com"]
    actions    = ["lambda:InvokeFunction"]
    resources = [
      "arn:aws:lambda:eu-west-1:${account}:function:ex-complete-http",
      "arn:aws:lambda:eu-west-1:${account}:function:ex-complete-http:*",
    ]
    condition "ArnLike" "aws:SourceArn" {
      values = ["${module.api_gateway.aws_apigatewayv2_api.this[0].execution_arn}/*/*"]
    }
  }
}

approval "SHOP-5" {
  justification = "Downloads the package of the function, as its authors publish it"
  system        = "shop"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"

  run "local-exec" {
    address = "terraform_data.null_resource__download_package"
    sha256  = "116adc69403b8cdc51868944b8b77e2ffc8fec864a347217ffc767a60b920477"
  }
}
