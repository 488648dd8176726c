process_owner = "security-engineering"

system "reporting" {
  owner   = "team-reporting"
  contact = "#reporting"
}

authority "reporting" {
  approvers    = ["lee", "max"]
  systems      = ["reporting"]
  max_duration = "120d"
  threshold    = 1
}

delegate "lee-holiday" {
  from       = "lee"
  to         = ["kim"]
  authority  = "reporting"
  starts_on  = "2026-11-15"
  expires_on = "2026-11-24"
}

fact "aws.account" {
  value = "123456789012"
}
