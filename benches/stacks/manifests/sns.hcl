# Topics for the account, one of them into a queue.
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

  grant "aws" { # the policy that AWS gives a key by default: IAM of the account decides who uses it
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["kms:*"]
    resources  = [module.kms.aws_kms_key.this[0].arn]
  }
}

approval "EVT-3" {
  justification = "The account's own principals use its topics; the queue subscribes to the one for orders"
  system        = "events"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # anybody, as far as the account is this one
    principals = ["*"]
    actions = [
      "sns:AddPermission", "sns:DeleteTopic", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic", "sns:Publish",
      "sns:RemovePermission", "sns:SetTopicAttributes", "sns:Subscribe",
    ]
    resources = ["arn:aws:sns:eu-west-1:${account}:sns-ex-complete-*"]
    condition "StringEquals" "AWS:SourceAccount" { values = ["${account}"] }
  }

  grant "aws" {
    principals = ["arn:aws:sts::${account}:user/moto"]
    actions    = ["sns:Publish"]
    resources  = [module.complete_sns.aws_sns_topic.this[0].arn]
  }

  grant "aws" {
    principals = ["*"]
    actions    = ["sns:Receive", "sns:Subscribe"]
    resources  = [module.complete_sns.aws_sns_topic.this[0].arn]
    condition "StringLike" "sns:Endpoint" { values = ["arn:aws:sqs:eu-west-1:${account}:sns-ex-complete.fifo"] }
  }

  grant "aws" {
    principals = ["Service:sns.amazonaws.com"]
    actions    = ["sqs:SendMessage"]
    resources  = ["arn:aws:sqs:eu-west-1:${account}:sns-ex-complete.fifo"]
    condition "ArnEquals" "aws:SourceArn" { values = [module.complete_sns.aws_sns_topic.this[0].arn] }
  }

  grant "aws" {
    principals = ["Service:sns.amazonaws.com"]
    actions    = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources  = [module.kms.aws_kms_key.this[0].arn]
  }

  grant "aws" { # the record of what was delivered; groups have names of AWS's
    principals = ["arn:aws:iam::${account}:role/sns-ex-complete"]
    actions = [
      "logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:PutMetricFilter", "logs:PutRetentionPolicy",
    ]
    resources = ["*"]
  }
}
