approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "20261120"
  expires_on    = "2027-02-20T00:00:00Z"

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}
