process_owner = "security-engineering"

system "payments" {
  owner   = "team-payments"
  contact = "#payments-oncall"

  match {
    accounts = ["123456789012"]
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

person "lee" {
  logins = ["lee@example.com"]
}

fact "aws.account" {
  value = "123456789012"
}
