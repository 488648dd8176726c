system "payments" {
  owner   = "team-payments"
  contakt = "#payments"
}

authority "payments" {
  approvers = ["lee", "platform"]
  systems   = ["payment"]
}

authority "ledger" {
  approvers    = ["lee"]
  systems      = ["ledger"]
  max_duration = "4 months"
  threshold    = 2
}

team "platform" {
  members = ["lee", "sre"]
}

team "sre" {
  members = ["max"]
}

team "lee" {
  members = ["lee"]
}

accounts "prod" {
  ids = ["1111*"]
}

persons "ana" {
  logins = ["ana@example.com"]
}
