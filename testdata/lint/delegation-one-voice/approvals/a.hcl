process_owner = "security-engineering"

system "payments" {
  owner = "team-payments"
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"
  threshold    = 2
}

delegate "holiday" {
  from       = "lee"
  to         = ["kim"]
  authority  = "payments"
  starts_on  = "2026-11-15"
  expires_on = "2026-12-15"
}

delegate "again" {
  from       = "lee"
  to         = ["zoe"]
  authority  = "payments"
  starts_on  = "2026-11-15"
  expires_on = "2026-12-15"
}

approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee", "kim"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-1"]

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}

approval "SEC-2" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["zoe", "kim"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-2"]

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:PutObject"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}

approval "SEC-3" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["kim", "max"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-3"]

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:ListBucket"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}
