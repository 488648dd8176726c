approval "SEC-1" {
  justification = "Deploys the reports"
  system        = "reports"
  requester     = "ana"
  approvers     = ["max"]
  approved_on   = "2026-11-20"
  expires_on    = "2026-10-20"

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ci"]
    actions    = ["s3:GetObject"]
    resources  = [aws_s3_bucket.reports.arn]
  }
}

approval "SEC-2" {
  system      = "wiki"
  requester   = "lee"
  approvers   = ["lee"]
  approved_on = "20.11.2026"
  expires_on  = "2027-02-20"
  accounts    = [accounts.production, "222233334444"]

  grant "aws" {
    principals = [data.aws_iam_role.ci.arn, module.ci.role_arn, aws_iam_role.ci.description, var.role]
    actions    = ["s3:GetObject"]
    resources  = ["${aws_s3_bucket.reports.arn}-logs/*", "${upper("x")}"]

    condition "StringEquals" {
      values = ["x"]
    }
  }
  grant "amazon" {
    principals = ["x"]
    actions    = ["y"]
  }
  grand "aws" {}
}

approval "sec-2" {
  justification = "  "
  system        = "payments"
  requester     = "ana"
  approvers     = ["leé"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
}
