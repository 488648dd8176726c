approval "SEC-7" {
  justification = "The monthly report reads what it reports on"
  system        = "reporting"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/reports"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::acme-reports/*"]
  }
}
