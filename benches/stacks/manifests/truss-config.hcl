# AWS Config, with the bucket that all of AWS's services write their logs to.
process_owner = "security"

system "audit" {
  owner = "team-audit"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["audit"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "audit"
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

approval "AUD-30" {
  justification = "AWS's services write their logs into one bucket, and Config reads what it wrote"
  system        = "audit"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/acme-config-role"]
    actions    = ["s3:GetBucketAcl", "s3:ListBucket", "s3:PutObject"]
    resources  = ["arn:aws:s3:::acme-config-logs", "arn:aws:s3:::acme-config-logs/config/AWSLogs/${account}/Config/*"]
  }

  grant "aws" { # each service checks the bucket before it writes
    principals = [
      "Service:cloudtrail.amazonaws.com", "Service:config.amazonaws.com", "Service:delivery.logs.amazonaws.com",
      "Service:logging.s3.amazonaws.com", "Service:logs.eu-west-1.amazonaws.com", "arn:aws:iam::210876761215:user/logs",
    ]
    actions   = ["s3:GetBucketAcl", "s3:PutObject"]
    resources = ["arn:aws:s3:::acme-config-logs", "arn:aws:s3:::acme-config-logs/*"]
  }

  grant "aws" { # the account of AWS that balances load in eu-west-1
    principals = ["arn:aws:iam::156460612806:root"]
    actions    = ["s3:PutObject"]
    resources  = ["arn:aws:s3:::acme-config-logs/*lb/AWSLogs/${account}/*"]
  }
}
