# Instances that keep the account's buckets.
fact "aws.account" { # this plan reads nothing that tells its account
  value = "123456789012"
}

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

approval "FIL-21" {
  justification = "Instances with this profile administer the account's buckets"
  system        = "files"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # the example gives all of S3
    principals = ["arn:aws:iam::${account}:role/S3FullAccess"]
    actions    = ["s3:*"]
    resources  = ["*"]
  }
}
