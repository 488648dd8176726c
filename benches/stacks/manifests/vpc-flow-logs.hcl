# Networks whose traffic is recorded.
process_owner = "security"

system "network" {
  owner = "team-network"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["network"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "network"
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

approval "NET-8" {
  justification = "VPC flow logs write their records to CloudWatch Logs"
  system        = "network"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # names of roles are generated; the policies of the example name `*` among groups
    principals = ["arn:aws:iam::${account}:role/vpc-flow-log-role-*", "arn:aws:iam::${account}:role/vpc-iam-prefix-example-*"]
    actions = [
      "logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents",
    ]
    resources = ["*"]
  }
}
