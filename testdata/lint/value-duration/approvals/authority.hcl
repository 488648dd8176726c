system "payments" {
  owner   = "team-payments"
  contact = "#payments-oncall"
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "4 months"
}

process_owner = "security-engineering"
