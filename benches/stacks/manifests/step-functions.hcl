# A workflow that starts jobs of other services. Its names begin with a random word, so it is approved by reference.
process_owner = "security"

system "flow" {
  owner = "team-flow"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["flow"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "flow"
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

approval "FLO-6" {
  justification = "The workflow queries and writes one catalogue, calls its functions, and is started by itself"
  system        = "flow"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # traces and the delivery of logs have no names; buckets are made by Athena
    principals = [module.step_function.aws_iam_role.this[0].arn, module.step_function_with_existing_log_group.aws_iam_role.this[0].arn]
    actions    = ["logs:*LogDelivery", "logs:Describe*", "logs:ListLogDeliveries", "logs:PutResourcePolicy", "xray:*"]
    resources  = ["*"]
  }

  grant "aws" {
    principals = [module.step_function.aws_iam_role.this[0].arn]
    actions    = ["s3:AbortMultipartUpload", "s3:CreateBucket", "s3:Get*", "s3:List*", "s3:PutObject"]
    resources  = ["arn:aws:s3:::*"]
  }

  grant "aws" {
    principals = [module.step_function.aws_iam_role.this[0].arn]
    actions = [
      "athena:*QueryExecution", "athena:GetDataCatalog", "dynamodb:*Item", "events:DescribeRule", "events:PutRule", "events:PutTargets",
      "glue:*Database*", "glue:*Partition*", "glue:*Table*", "lakeformation:GetDataAccess", "lambda:InvokeFunction",
      "states:DescribeExecution", "states:StartSyncExecution", "states:StopExecution",
    ]
    resources = [
      "arn:aws:athena:eu-west-1:${account}:something1:test1", "arn:aws:dynamodb:eu-west-1:052212379155:table/Test",
      "arn:aws:events:eu-west-1:${account}:rule/StepFunctionsGetEventsFor*", "arn:aws:glue:eu-west-1:${account}:something2:test1",
      "arn:aws:lakeformation:eu-west-1:${account}:something3:test1", "arn:aws:lambda:eu-west-1:${account}:function:test*",
      "arn:aws:states:eu-west-1:${account}:stateMachine:test1", module.lambda_function.aws_lambda_function.this[0].arn,
    ]
  }

  grant "aws" { # the account decides by IAM who uses the key, this role among them
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["kms:*"]
    resources  = [module.kms.aws_kms_key.this[0].arn]
  }

  grant "aws" {
    principals = [module.lambda_function.aws_iam_role.lambda[0].arn]
    actions    = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources  = ["${module.lambda_function.aws_cloudwatch_log_group.lambda[0].arn}:*"]
  }
}

approval "FLO-7" {
  justification = "Downloads the package of the function, as its authors publish it"
  system        = "flow"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"

  run "local-exec" {
    address = "terraform_data.null_resource__download_package"
    sha256  = "c1925da3f8ce6bf36c09d999c75d13669d55418ae0e8e68bb896c48e3e9b4984"
  }
}
