# Workflows on GitHub act with a role of the account, without a key.
fact "aws.account" { # this plan reads nothing that tells its account
  value = "123456789012"
}

process_owner = "security"

system "delivery" {
  owner = "team-delivery"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["delivery"]
  max_duration = "180d"
}


approval "DEL-40" {
  justification = "Workflows of acme's payments and of the main branch of its shop read the account"
  system        = "delivery"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["Federated:arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = ["arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com"]
  }

  grant "aws" {
    principals = ["Federated:arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = ["arn:aws:iam::${account}:role/github"]
    condition "StringLike" "token.actions.githubusercontent.com:sub" {
      values = ["repo:acme/payments:*", "repo:acme/shop:ref:refs/heads/main"]
    }
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/github"]
    roles      = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/github"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::amzn-s3-demo-bucket/*"]
  }
}
