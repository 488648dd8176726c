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

fact "aws.account" {
  value = "123456789012"
}
