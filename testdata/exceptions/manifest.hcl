process_owner = "security-engineering"

system "payments" {
  owner   = "team-payments"
  contact = "#payments-oncall"

  match {
    accounts = ["123456789012"]
  }
}

system "reporting" {
  owner = "team-reporting"

  match {
    accounts = ["999999999999"]
  }
}

override "sev1" {
  approvers      = ["lee", "max", "kim"]
  systems        = ["payments"]
  threshold      = 2
  max_duration   = "12h"
  record_by      = "operator"
  record_within  = "4h"
  cleanup_by     = "ops-oncall"
  cleanup_within = "24h"
  review_by      = "process_owner"
  review_within  = "5d"
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"
}

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
}

person "lee" {
  logins = ["lee@example.com"]
}

team "team-on-call" {
  members = ["kim", "lee"]
}

fact "aws.account" {
  value = "123456789012"
}

fact "aws.account@other" {
  value = "999999999999"
}
