process_owner = "security-engineering"
system "payments" { owner = "team-payments" }
team "process_owner" { members = ["zoe"] }
override "sev1" {
  approvers      = ["lee"]
  systems        = ["payments", "paiments"]
  threshold      = 1
  max_duration   = "25h"
  record_by      = "operator"
  record_within  = "4 hours"
  cleanup_by     = "ops"
  review_by      = "process_owner"
  review_within  = "5d"
}
override "sev2" {
  approvers      = ["lee"]
  systems        = ["payments"]
  max_duration   = "1h"
  record_by      = "ops"
  record_within  = "4h"
  cleanup_by     = "ops"
  cleanup_within = "4h"
  review_by      = "ops"
  review_within  = "4h"
}
exception "INC-1" {
  incident   = " "
  reason     = "Down"
  system     = "payments"
  requester  = "ana"
  approvers  = ["lee", "max"]
  starts_at  = "2026-11-24 02:10"
  expires_at = "2026-11-24T14:10:00+01:00"
  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/reports"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::acme-reports/*"]
  }
  recorded { on = "2026-11-24" }
  reviewd {
    on      = "2026-11-24"
    by      = "zoe"
    outcome = "Right"
  }
}
exception "INC-2" {
  incident   = "https://status.example.com/INC-2"
  reason     = "Down"
  system     = "payments"
  requester  = "ana"
  approvers  = ["lee", "max"]
  starts_at  = "2026-11-24T02:10:00Z"
  expires_at = "2026-11-25T02:10:01Z"
  run "local-exec" {
    address = "null_resource.a"
    sha256  = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  }
  cleaned_up {
    on       = "2026-11-23"
    by       = "kim"
    evidence = "https://ci.example.com/runs/812"
  }
}
