approval "SEC-7" {
  justification = "The monthly report reads what it reports on"
  system        = "reporting"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = ["arn:aws:iam::123456789012:role/reports"]

    condition "StringEquals" "token.actions.githubusercontent.com:aud" {
      values = ["sts.amazonaws.com"]
    }
    condition "StringEquals" "token.actions.githubusercontent.com:sub" {
      values = ["repo:acme/reports:ref:refs/heads/main"]
    }
  }
}
