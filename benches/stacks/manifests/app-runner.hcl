# Web services on App Runner with a secret.
fact "aws.account" { # this plan reads nothing that tells its account
  value = "123456789012"
}

process_owner = "security"

system "web" {
  owner = "team-web"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["web"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "web"
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

approval "WEB-20" {
  justification = "The services read the secret of this stack, which is set here"
  system        = "web"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # names of roles are generated; these begin those of this stack's services
    principals = ["arn:aws:iam::${account}:role/ex-complete-image-base-*", "arn:aws:iam::${account}:role/ex-complete-private-*"]
    actions    = ["secretsmanager:GetSecretValue"]
    resources  = [aws_secretsmanager_secret.this.arn]
  }

  grant "aws" {
    principals  = [aws_secretsmanager_secret.this.arn]
    credentials = ["aws_secretsmanager_secret_version"]
  }
}
