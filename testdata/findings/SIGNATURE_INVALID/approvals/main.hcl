process_owner = "security-engineering"

system "reporting" {
  owner = "team-reporting"
}

authority "reporting" {
  approvers    = ["lee", "max"]
  systems      = ["reporting"]
  max_duration = "120d"
}

fact "aws.account" {
  value = "123456789012"
}

person "lee" {
  key "laptop" {
    ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHpZAtLBs3ourD35I9Zu4ruzFYeRhLaK31awu+DW/Y8R"
  }
}
