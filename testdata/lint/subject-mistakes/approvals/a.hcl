process_owner = "security"

system "payments" {
  owner = "payments"
}

authority "payments" {
  approvers    = ["lee"]
  systems      = ["payments"]
  max_duration = "90d"
}

approval "A-1" {
  justification = "x"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-01-20"

  subject {
    kind = "wokload"
  }
  subject {
    kind  = "human"
    owner = ""
  }
  subject {
    kind = "human"
  }
  subject {
    kind = "robot"
  }
  subject "workload" {
    owner = "heidi"
    name  = "ci"
  }

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:GetObject"]
  }
}
