approval "SEC-1290" {
  title         = "The deployer reads the old invoices table"
  justification = "One-off migration to S3, until the end of October"
  system        = "payments"
  requester     = "ana"
  approvers     = ["max"]
  approved_on   = "2026-09-28"
  expires_on    = "2026-11-01"
  addresses     = ["aws_iam_role_policy.migration"]

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/ci-deployer"]
    actions    = ["dynamodb:Scan"]
    resources  = ["arn:aws:dynamodb:eu-west-1:123456789012:table/invoices-old"]
  }
}
