approval "SEC-1" {
  system    = "payments"
  approvers = ["lee"]

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::reports/*"]
  }
}
