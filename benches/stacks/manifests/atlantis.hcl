# Terraform on pull requests: the service that applies for the whole account.
process_owner = "security"

system "delivery" {
  owner = "team-delivery"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["delivery"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "delivery"
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

approval "DEL-9" {
  justification = "Atlantis applies Terraform for this account, so its task administers it"
  system        = "delivery"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # names of roles are generated; `ex-github-complete-` begins those of this service alone
    principals = ["arn:aws:iam::${account}:role/ex-github-complete-*"]
    roles      = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-github-complete-*"]
    actions    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
    resources  = [module.atlantis.module.efs.aws_efs_file_system.this[0].arn]
  }

  grant "aws" {
    principals  = ["arn:aws:secretsmanager:eu-west-1:${account}:secret:github-*"]
    credentials = ["aws_secretsmanager_secret_version"]
  }
}
