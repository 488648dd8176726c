system "payments" {
  owner   = "team-payments"
  contact = "#payments-oncall"
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"
}

process_owner = "security-engineering"
