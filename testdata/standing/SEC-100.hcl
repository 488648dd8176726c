approval "SEC-100" {
  justification = "Services of AWS act with roles of the account that they run in"
  system        = "platform"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2027-02-01"
  accounts      = [accounts.all]

  grant "aws" { # a service assumes a role, or is handed one
    principals = ["Service:*.amazonaws.com", "Service:aws_*"]
    actions    = ["sts:AssumeRole", "iam:PassRole"]
    resources  = ["arn:aws:iam::${account}:role/*"]
  }

  grant "aws" { # a role has what AWS wrote for its services
    principals = ["arn:aws:iam::${account}:role/*"]
    roles      = ["arn:aws:iam::aws:policy/service-role/*"]
  }
}
