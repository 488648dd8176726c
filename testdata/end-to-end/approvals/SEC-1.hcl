approval "SEC-1" {
  title         = "The payments worker reads invoices"
  justification = "Replaces the shared read key with a role of its own"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  # Who may become the role.
  grant "aws" {
    principals = ["ec2.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:aws:iam::123456789012:role/worker"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/worker"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::payments/invoices/*"]
  }
}
