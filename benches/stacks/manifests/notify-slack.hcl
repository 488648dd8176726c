# Alarms into Slack.
process_owner = "security"

system "alarms" {
  owner = "team-alarms"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["alarms"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "alarms"
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

approval "ALA-5" {
  justification = "Two functions turn messages of their topics into messages in Slack"
  system        = "alarms"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/lambda-notify_slack", "arn:aws:iam::${account}:role/custom-custom_lambda"]
    actions    = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = [
      "arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/notify_slack:*",
      "arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/custom_lambda:*",
    ]
  }

  grant "aws" { # findings of Security Hub are marked as notified; the module names `*`
    principals = ["arn:aws:iam::${account}:role/lambda-notify_slack", "arn:aws:iam::${account}:role/custom-custom_lambda"]
    actions    = ["securityhub:BatchUpdateFindings"]
    resources  = ["*"]
  }

  grant "aws" { # each version and the newest one
    principals = ["Service:sns.amazonaws.com"]
    actions    = ["lambda:InvokeFunction"]
    resources = [
      "arn:aws:lambda:eu-west-1:${account}:function:custom_lambda", "arn:aws:lambda:eu-west-1:${account}:function:custom_lambda:*",
      "arn:aws:lambda:eu-west-1:${account}:function:notify_slack", "arn:aws:lambda:eu-west-1:${account}:function:notify_slack:*",
    ]
    condition "ArnLike" "aws:SourceArn" { values = ["arn:aws:sns:eu-west-1:${account}:ex-notify-slack-simple*"] }
  }
}

approval "ALA-6" {
  justification = "The module packs its functions with the Python of the machine that applies"
  system        = "alarms"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"

  run "local-exec" {
    address = "module.custom_lambda.module.lambda.terraform_data.null_resource__archive[0]"
    sha256 = [
      "a48a377d34db356c80775e7090c5d9b6974d681f113e3108ed0234ac5eec2bce",
      "fc884b284267d458821e2d358f1de3d7f3c2bae3c2a782b48389f4aa311ef0cf",
    ]
  }

  run "local-exec" {
    address = "module.notify_slack.module.lambda.terraform_data.null_resource__archive[0]"
    sha256 = [
      "a48a377d34db356c80775e7090c5d9b6974d681f113e3108ed0234ac5eec2bce",
      "fc884b284267d458821e2d358f1de3d7f3c2bae3c2a782b48389f4aa311ef0cf",
    ]
  }
}
