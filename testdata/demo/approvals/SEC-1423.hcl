approval "SEC-1423" {
  title         = "The report job reads the invoices"
  justification = "Monthly revenue report; replaces the shared read key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-1423"]

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/reports"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::acme-invoices/*"]
  }
}
