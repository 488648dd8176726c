# Runners of GitLab: one manager, the machines that it starts, and the function that ends them.
process_owner = "security"

system "delivery" {
  owner = "team-delivery"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["delivery"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "delivery"
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

approval "DEL-50" {
  justification = "The manager starts and ends machines, reads its token, and shares a cache with them"
  system        = "delivery"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = ["arn:aws:iam::${account}:instance-profile/runners-default-instance"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/runners-default-instance"]
    roles      = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/runners-default-instance"]
    actions    = ["iam:CreateServiceLinkedRole"]
    resources  = ["arn:aws:iam::*:role/aws-service-role/*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/runners-default-instance"]
    actions = [
      "logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents", "s3:*Object", "s3:*ObjectAcl",
      "s3:ListBucket", "ssm:GetParameter", "ssm:GetParameters", "ssm:PutParameter",
    ]
    resources = [
      "arn:aws:logs:*:*:*", "arn:aws:s3:::runners-default-${account}-gitlab-runner-cache*",
      "arn:aws:ssm:eu-west-1:${account}:parameter/gitlab-runner-*", "arn:aws:ssm:eu-west-1:${account}:parameter/runners-default-*",
      "arn:aws:ssm:eu-west-1:${account}:parameter/my-gitlab-runner-*",
    ]
  }

  grant "aws" {
    principals  = ["arn:aws:ssm:eu-west-1:${account}:parameter/runners-default-*"]
    credentials = ["aws_ssm_parameter"]
  }

  grant "aws" { # it finds what to end by tags, and EC2 knows no narrower resources
    principals = ["arn:aws:iam::${account}:role/runners-default-terminate-instances"]
    actions    = ["ec2:CancelSpotInstanceRequests", "ec2:Describe*"]
    resources  = ["*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/runners-default-terminate-instances"]
    actions = [
      "autoscaling:CompleteLifecycleAction", "ec2:TerminateInstances", "logs:CreateLogStream", "logs:PutLogEvents",
    ]
    resources = [
      "arn:aws:autoscaling:eu-west-1:${account}:autoScalingGroup:*", "arn:aws:ec2:eu-west-1:${account}:instance/*",
      "arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/runners-default-terminate-instances*",
    ]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/runners-default-terminate-instances"]
    actions    = ["ec2:DeleteKeyPair"]
    resources  = ["*"]
    condition "StringLike" "ec2:KeyPairName" { values = ["runner-*"] }
  }

  grant "aws" { # each version and the newest one
    principals = ["Service:events.amazonaws.com"]
    actions    = ["lambda:InvokeFunction"]
    resources  = ["arn:aws:lambda:eu-west-1:${account}:function:runners-default-terminate-instances*"]
  }
}
