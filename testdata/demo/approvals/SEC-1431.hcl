approval "SEC-1431" {
  title         = "CI pushes payment images"
  justification = "Replaces the shared deploy key with a role that only the main branch can assume"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-1431"]

  # Who may become the role.
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    actions    = ["sts:AssumeRoleWithWebIdentity"]
    resources  = ["arn:aws:iam::123456789012:role/ci-deployer"]

    condition "StringEquals" "token.actions.githubusercontent.com:aud" {
      values = ["sts.amazonaws.com"]
    }
    condition "StringEquals" "token.actions.githubusercontent.com:sub" {
      values = ["repo:acme/payments:ref:refs/heads/main"]
    }
  }

  # What the role may do.
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/ci-deployer"]
    actions    = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"]
    resources  = ["arn:aws:ecr:eu-west-1:123456789012:repository/payments-*"]
  }
}
