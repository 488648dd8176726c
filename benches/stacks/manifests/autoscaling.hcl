# Groups of instances in many forms, among them one with a role of its own.
fact "aws.account" { # this plan reads nothing that tells its account
  value = "123456789012"
}

process_owner = "security"

system "compute" {
  owner = "team-compute"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["compute"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "compute"
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

approval "CMP-7" {
  justification = "Groups of instances start from the account's launch templates, and are managed by Systems Manager"
  system        = "compute"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:aws:ec2:eu-west-1:${account}:launch-template/*"]
  }

  grant "aws" { # the name of the role is generated
    principals = ["arn:aws:iam::${account}:role/complete-complete-*"]
    roles      = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
  }
}

approval "CMP-8" {
  justification = "Waits for the service-linked role to be known everywhere"
  system        = "compute"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"

  run "local-exec" {
    address = "aws_iam_service_linked_role.autoscaling"
    sha256  = "d1190812c01f619a6e392607bbda95cd21c26f14b85be58e96bdcadaed66ff35"
  }
}
