hygiene {
  expired          = "error"
  expires_soon     = "off"
  missing_evidence = "error"
  review_overdue   = "warn"
  unused           = "error"
  unknown_person   = "off"
}

process_owner = "security-engineering"

system "payments" {
  owner = "team-payments"
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"
}
person "zoe" { logins = ["zoe-gh"] }

approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2026-11-23"
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
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2026-11-25"
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
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  review_by     = "2026-11-21"

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:ListBucket"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}
