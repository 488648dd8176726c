exception "INC-7" {
  incident   = "https://status.example.com/INC-7"
  reason     = "Reports of settled payments cannot be read, and the bank closes the day at noon"
  system     = "payments"
  requester  = "ana"
  approvers  = ["lee", "max"]
  starts_at  = "2026-11-24T02:10:00Z"
  expires_at = "2026-11-24T14:10:00Z"
  accounts   = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/reports"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::acme-reports/*"]
  }

  recorded {
    on = "2026-11-24"
    by = "ana"
  }

  cleaned_up {
    on       = "2026-11-24"
    by       = "kim"
    evidence = "https://ci.example.com/runs/812"
  }

  reviewed {
    on      = "2026-11-26"
    by      = "lee@example.com"
    outcome = "Right"
  }
}
