approval "SEC-1" {
  justification = "Deploys functions of the app"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/deployer"]
    actions    = ["iam:PassRole"]
    resources  = ["arn:aws:iam::123456789012:role/app-*"]
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/deployer"]
    actions    = ["lambda:CreateFunction", "lambda:InvokeFunction", "lambda:UpdateFunctionCode"]
    resources  = ["arn:aws:lambda:eu-west-1:123456789012:function:app-*"]
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/clerk"]
    roles      = ["arn:aws:iam::aws:policy/IAMFullAccess"]
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/reader"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::acme/*"]
  }
}
