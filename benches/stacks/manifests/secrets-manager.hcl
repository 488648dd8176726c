# Secrets of an application, one of them changed by a function every month.
process_owner = "security"

system "vault" {
  owner = "team-vault"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["vault"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "vault"
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

approval "VAU-4" {
  justification = "The account reads its secrets; a function changes one of them, and both are set here"
  system        = "vault"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # so does the function; names are generated behind this
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    resources  = ["arn:aws:secretsmanager:eu-west-1:${account}:secret:secrets-manager-ex-complete*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/secrets-manager-ex-complete"]
    actions    = ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"]
    resources  = ["arn:aws:secretsmanager:eu-west-1:${account}:secret:secrets-manager-ex-complete*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/secrets-manager-ex-complete"]
    actions    = ["secretsmanager:GetRandomPassword"]
    resources  = ["*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/secrets-manager-ex-complete"]
    actions    = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
    resources  = ["arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/secrets-manager-ex-complete:*"]
  }

  grant "aws" { # each version and the newest one
    principals = ["Service:secretsmanager.amazonaws.com"]
    actions    = ["lambda:InvokeFunction"]
    resources = [
      "arn:aws:lambda:eu-west-1:${account}:function:secrets-manager-ex-complete",
      "arn:aws:lambda:eu-west-1:${account}:function:secrets-manager-ex-complete:*",
    ]
  }

  grant "aws" {
    principals  = ["arn:aws:secretsmanager:eu-west-1:${account}:secret:secrets-manager-ex-complete*"]
    credentials = ["aws_secretsmanager_secret_version"]
  }
}

approval "VAU-5" {
  justification = "The module packs its function with the Python of the machine that applies"
  system        = "vault"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"

  run "local-exec" {
    address = "module.lambda.terraform_data.null_resource__archive[0]"
    sha256 = [
      "a48a377d34db356c80775e7090c5d9b6974d681f113e3108ed0234ac5eec2bce",
      "fc884b284267d458821e2d358f1de3d7f3c2bae3c2a782b48389f4aa311ef0cf",
    ]
  }
}
