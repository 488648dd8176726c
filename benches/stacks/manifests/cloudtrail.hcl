# The record of the account's own use, in a bucket and in CloudWatch Logs.
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

  grant "aws" { # the policy that AWS gives a key by default: IAM of the account decides who uses it
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["kms:*"]
    resources  = [module.aws_cloudtrail.aws_kms_key.cloudtrail.arn]
  }
}

approval "AUD-1" {
  justification = "AWS's services write their logs into one bucket, and the trail is encrypted with its own key"
  system        = "audit"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/cloudtrail-cloudwatch-logs-role"]
    actions    = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources  = ["arn:aws:logs:eu-west-1:${account}:log-group:acme-trail:*"]
  }

  grant "aws" { # each service checks the bucket before it writes
    principals = [
      "Service:cloudtrail.amazonaws.com", "Service:config.amazonaws.com", "Service:delivery.logs.amazonaws.com",
      "Service:logging.s3.amazonaws.com", "Service:logs.eu-west-1.amazonaws.com", "arn:aws:iam::210876761215:user/logs",
    ]
    actions   = ["s3:GetBucketAcl", "s3:PutObject"]
    resources = ["arn:aws:s3:::acme-trail-logs", "arn:aws:s3:::acme-trail-logs/*"]
  }

  grant "aws" { # the account of AWS that balances load in eu-west-1
    principals = ["arn:aws:iam::156460612806:root"]
    actions    = ["s3:PutObject"]
    resources  = ["arn:aws:s3:::acme-trail-logs/*lb/AWSLogs/${account}/*"]
  }

  grant "aws" {
    principals = ["Service:cloudtrail.amazonaws.com", "Service:logs.eu-west-1.amazonaws.com"]
    actions    = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources  = [module.aws_cloudtrail.aws_kms_key.cloudtrail.arn]
  }

  grant "aws" { # whoever in the account may read the trail may decrypt it
    principals = ["*"]
    actions    = ["kms:CreateAlias", "kms:Decrypt", "kms:ReEncryptFrom"]
    resources  = [module.aws_cloudtrail.aws_kms_key.cloudtrail.arn]
    condition "StringEquals" "kms:CallerAccount" { values = ["${account}"] }
  }
}
