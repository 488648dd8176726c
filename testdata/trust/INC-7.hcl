exception "INC-7" {
  incident   = "https://status.example.com/INC-7"
  reason     = "The monthly report cannot be read"
  system     = "reporting"
  requester  = "ana"
  approvers  = ["lee", "max"]
  starts_at  = "2026-11-24T02:10:00Z"
  expires_at = "2026-11-24T06:10:00Z"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/reports"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::acme-reports/*"]
  }
}
