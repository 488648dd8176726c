# A web service on instances. Names of roles are generated: `ex-ec2-autoscaling-` begins those of this service alone.
process_owner = "security"

system "web" {
  owner = "team-web"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["web"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "web"
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

approval "WEB-13" {
  justification = "Instances join the cluster; the service pulls its image, writes its log and reads its parameters"
  system        = "web"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-ec2-autoscaling-*"]
    roles      = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  }

  grant "aws" { # groups of instances start from the account's own launch templates
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:aws:ec2:eu-west-1:${account}:launch-template/*"]
  }

  grant "aws" { # the policies of the module name `*`
    principals = ["arn:aws:iam::${account}:role/ex-ec2-autoscaling-*"]
    actions = [
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer",
      "logs:CreateLogStream", "logs:PutLogEvents",
    ]
    resources = ["*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-ec2-autoscaling-*"]
    actions    = ["ssm:GetParameters"]
    resources  = ["arn:aws:ssm:*:*:parameter/*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-ec2-autoscaling-*"]
    actions    = ["secretsmanager:GetSecretValue"]
    resources  = ["arn:aws:secretsmanager:*:*:secret:*"]
  }
}
