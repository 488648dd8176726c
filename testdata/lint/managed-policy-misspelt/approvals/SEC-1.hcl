approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-09-01"
  expires_on    = "2026-12-08"

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    roles      = ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAcess", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
  }
}
