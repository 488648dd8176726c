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

  ceiling {
    grant "aws" {
      actions   = ["s3:Get*", "s3:List*"]
      resources = ["arn:aws:s3:::acme-reports/2026/*"]
    }
  }
}

fact "aws.account" {
  value = "123456789012"
}
