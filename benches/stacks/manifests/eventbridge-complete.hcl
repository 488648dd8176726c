# One bus with targets of every kind. Their names begin with a random word, so they are approved by reference.
process_owner = "security"

system "events" {
  owner = "team-events"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["events"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "events"
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

approval "EVT-40" {
  justification = "The bus `default` delivers to this stack's own targets, and starts its tasks and workflows"
  system        = "events"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/default"]
    roles      = ["arn:aws:iam::aws:policy/AWSXrayReadOnlyAccess"]
  }

  grant "aws" { # tasks are started with whatever roles they have, and traces have no names
    principals = ["arn:aws:iam::${account}:role/default"]
    actions    = ["xray:*", "iam:PassRole"]
    resources  = ["*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/default"]
    actions    = ["dynamodb:BatchWriteItem", "ecs:RunTask", "ecs:TagResource"]
    resources = [
      "arn:aws:dynamodb:eu-west-1:052212379155:table/Test", "arn:aws:ecs:eu-west-1:${account}:task-definition/hello_world-*",
    ]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/default"]
    actions = [
      "kinesis:PutRecord", "kms:Decrypt", "kms:GenerateDataKey", "logs:DescribeLogGroups", "logs:DescribeLogStreams",
      "logs:PutLogEvents", "sqs:SendMessage*", "states:StartExecution",
    ]
    resources = [
      aws_cloudwatch_log_group.this.arn, aws_kinesis_stream.this.arn, aws_sqs_queue.dlq.arn, aws_sqs_queue.fifo.arn,
      aws_sqs_queue.queue.arn, module.step_function.aws_sfn_state_machine.this[0].arn,
    ]
  }

  grant "aws" {
    principals = [module.step_function.aws_iam_role.this[0].arn]
    actions    = ["states:StartExecution"]
    resources  = ["*"]
  }

  grant "aws" {
    principals = [module.lambda.aws_iam_role.lambda[0].arn]
    actions    = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources  = ["${module.lambda.aws_cloudwatch_log_group.lambda[0].arn}:*"]
  }

  grant "aws" {
    principals = ["Service:events.amazonaws.com"]
    actions    = ["lambda:InvokeFunction", "sns:Publish", "sqs:SendMessage"]
    resources = [
      aws_sqs_queue.fifo.arn, aws_sqs_queue.queue.arn, module.lambda.aws_lambda_function.this[0].arn, module.sns.aws_sns_topic.this[0].arn,
    ]
  }
}

approval "EVT-41" {
  justification = "Downloads the package of the function, as its authors publish it"
  system        = "events"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"

  run "local-exec" {
    address = "terraform_data.null_resource__download_package"
    sha256  = "c1925da3f8ce6bf36c09d999c75d13669d55418ae0e8e68bb896c48e3e9b4984"
  }
}
