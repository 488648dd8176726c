process_owner = "security-engineering"

system "payments" {
  owner = "team-payments"
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"

  ceiling {
    accounts = ["111122223333"]
    regions  = ["eu-west-1"]

    grant "aws" {
      principals = ["arn:aws:iam::${project}:role/ci", aws_iam_role.ci.arn]
      actions    = ["s3:GetObject"]
      resources  = ["arn:aws:sqs:${region}:1:x"]
    }
    grant "aws" {}
    grant "aww" { actions = ["s3:GetObject"] }
    runs = ["local-exce"]
  }
}

authority "empty" {
  approvers    = ["lee"]
  systems      = ["payments"]
  max_duration = "1d"

  ceiling {}
}

authority "twice" {
  approvers    = ["lee"]
  systems      = ["payments"]
  max_duration = "1d"

  ceiling { runs = ["file"] }
  ceiling { runs = ["target"] }
}

approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-1"]

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}
