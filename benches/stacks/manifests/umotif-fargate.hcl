# A service on Fargate.
fact "aws.account" { # this plan reads nothing that tells its account
  value = "123456789012"
}

process_owner = "security"

system "shop" {
  owner = "team-shop"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["shop"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "shop"
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

approval "SHOP-31" {
  justification = "The service pulls its image, writes its log, and opens shells for support"
  system        = "shop"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # the policies of the module name `*`
    principals = ["arn:aws:iam::${account}:role/ecs-fargate-example-*"]
    actions = [
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer",
      "logs:CreateLogStream", "logs:PutLogEvents", "ssmmessages:*Channel",
    ]
    resources = ["*"]
  }
}
