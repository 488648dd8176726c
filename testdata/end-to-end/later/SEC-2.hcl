approval "SEC-2" {
  title         = "The payments worker sends to its queue"
  justification = "Invoices are now sent on, not polled"
  system        = "payments"
  requester     = "ana"
  approvers     = ["max"]
  approved_on   = "2026-11-22"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/worker"]
    actions    = ["sqs:SendMessage"]
    resources  = ["arn:aws:sqs:eu-west-1:123456789012:payments"]
  }
}
