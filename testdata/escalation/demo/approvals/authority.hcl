# Who may decide for what, and who answers.

process_owner = "security-engineering"

system "payments" {
  owner   = "team-payments"
  contact = "#payments-oncall"

  match {
    accounts = ["123456789012"]
  }
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"
}

# The plan does not say which account its provider reaches.
fact "aws.account" {
  value = "123456789012"
}
