# A service on Fargate with a key for its log.
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

  grant "aws" { # the policy that AWS gives a key by default: IAM of the account decides who uses it
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["kms:*"]
    resources  = [aws_kms_key.main.arn]
  }
}

approval "SHOP-30" {
  justification = "The service pulls its image, writes its log, and opens shells for support"
  system        = "shop"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # the policies of the module name `*`
    principals = ["arn:aws:iam::${account}:role/ecs-task-execution-role-shop-test", "arn:aws:iam::${account}:role/ecs-task-role-shop-test"]
    actions = [
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer",
      "logs:DescribeLogGroups", "ssmmessages:*Channel",
    ]
    resources = ["*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ecs-task-execution-role-shop-test", "arn:aws:iam::${account}:role/ecs-task-role-shop-test"]
    actions    = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    resources  = ["arn:aws:logs:eu-west-1:${account}:log-group:/ecs/test/shop:*"]
  }

  grant "aws" {
    principals = ["Service:logs.eu-west-1.amazonaws.com"]
    actions    = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources  = [aws_kms_key.main.arn]
  }
}
