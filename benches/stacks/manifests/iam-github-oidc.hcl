# Workflows on GitHub act with a role of the account, without a key.
process_owner = "security"

system "delivery" {
  owner = "team-delivery"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["delivery"]
  max_duration = "180d"
}


approval "DEL-11" {
  justification = "Workflows of the listed repositories read the account's instances and buckets"
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
    actions    = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]
    resources  = ["arn:aws:iam::${account}:role/ex-iam-github-oidc"]
    condition "StringLike" "token.actions.githubusercontent.com:sub" {
      values = ["repo:terraform-aws-modules/terraform-aws-iam:*"]
    }
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-iam-github-oidc"]
    roles      = ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-iam-github-oidc"]
    actions    = ["ec2:Describe*"]
    resources  = ["*"]
  }
}
