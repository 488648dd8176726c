# Buckets that tell functions, topics and queues what changed. Names begin with a random word.
process_owner = "security"

system "files" {
  owner = "team-files"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["files"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "files"
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

approval "FIL-2" {
  justification = "Buckets notify this stack's own functions, topics and queues; functions write their own logs"
  system        = "files"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # of any bucket: the queue for others' buckets has no condition
    principals = ["Service:s3.amazonaws.com"]
    actions    = ["sqs:SendMessage"]
    resources  = [aws_sqs_queue.this[0].arn]
  }

  grant "aws" {
    principals = ["Service:s3.amazonaws.com"]
    actions    = ["lambda:InvokeFunction", "sns:Publish", "sqs:SendMessage"]
    resources = [
      aws_sqs_queue.this[1].arn,
      module.lambda_function1.aws_lambda_function.this[0].arn, module.lambda_function2.aws_lambda_function.this[0].arn,
      module.sns_topic1.aws_sns_topic.this[0].arn, module.sns_topic2.aws_sns_topic.this[0].arn,
    ]
    condition "ArnEquals" "aws:SourceArn" { values = [module.s3_bucket.aws_s3_bucket.this[0].arn] }
  }

  grant "aws" {
    principals = [module.lambda_function1.aws_iam_role.lambda[0].arn, module.lambda_function2.aws_iam_role.lambda[0].arn]
    actions    = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [
      "${module.lambda_function1.aws_cloudwatch_log_group.lambda[0].arn}:*",
      "${module.lambda_function2.aws_cloudwatch_log_group.lambda[0].arn}:*",
    ]
  }
}

approval "FIL-3" {
  justification = "Downloads the package of the functions, as its authors publish it"
  system        = "files"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"

  run "local-exec" {
    address = "terraform_data.null_resource__download_package"
    sha256  = "c1925da3f8ce6bf36c09d999c75d13669d55418ae0e8e68bb896c48e3e9b4984"
  }
}
