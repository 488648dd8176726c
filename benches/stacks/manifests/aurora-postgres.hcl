# A cluster of databases with its own key.
process_owner = "security"

system "ledger" {
  owner = "team-ledger"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["ledger"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "ledger"
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

approval "LED-2" {
  justification = "The ledger's database has a first user, whose password RDS keeps"
  system        = "ledger"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals  = ["arn:aws:rds:eu-west-1:${account}:cluster:ex-postgresql/root"]
    credentials = ["aws_rds_cluster"]
  }
}
