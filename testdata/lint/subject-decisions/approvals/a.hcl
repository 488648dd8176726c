process_owner = "security-engineering"

system "payments" {
  owner = "team-payments"
}

system "reports" {
  owner = "team-reports"
}

authority "both" {
  approvers    = ["lee", "max"]
  systems      = ["payments", "reports"]
  max_duration = "120d"
}

approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  subject {
    kind = "workload"
  }

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}

approval "SEC-2" {
  justification = "Replaces the shared deploy key"
  system        = "reports"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  subject {
    kind = "workload"
    owner = "kim"
  }

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:PutObject"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}
