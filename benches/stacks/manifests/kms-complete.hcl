# Keys of every kind for one team, administered by who deploys them.
process_owner = "security"

system "keys" {
  owner = "team-keys"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["keys"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "keys"
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
    resources = [
      module.kms_complete.aws_kms_key.this[0].arn,
      module.kms_default.aws_kms_key.this[0].arn,
      module.kms_dnssec_signing.aws_kms_key.this[0].arn,
      module.kms_external.aws_kms_external_key.this[0].arn,
      module.kms_primary.aws_kms_key.this[0].arn,
      module.kms_primary_external.aws_kms_external_key.this[0].arn,
      module.kms_replica.aws_kms_replica_key.this[0].arn,
      module.kms_replica_external.aws_kms_replica_external_key.this[0].arn,
    ]
  }
}

approval "KEY-5" {
  justification = "CloudWatch Logs encrypts with one key, and Route 53 signs with another"
  system        = "keys"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["Service:logs.us-east-1.amazonaws.com"]
    actions    = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources  = [module.kms_complete.aws_kms_key.this[0].arn]
    condition "ArnLike" "kms:EncryptionContext:aws:logs:arn" { values = ["arn:aws:logs:us-east-1:${account}:log-group:*"] }
  }

  grant "aws" {
    principals = ["Service:dnssec-route53.amazonaws.com"]
    actions    = ["kms:CreateGrant", "kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"]
    resources  = [module.kms_dnssec_signing.aws_kms_key.this[0].arn]
  }
}
