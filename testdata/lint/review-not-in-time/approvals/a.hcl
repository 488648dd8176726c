process_owner = "security-engineering"

system "payments" {
  owner = "team-payments"
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"
  max_review   = "60d"
}

approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-1"]
  review_by     = "2027-01-10"

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
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-2"]

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:GetObject"]
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
  evidence      = ["https://tickets.example.com/SEC-3"]
  review_by     = "2027-02-01"

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:PutObject"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}

approval "SEC-4" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2026-12-20"
  evidence      = ["https://tickets.example.com/SEC-4"]

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:ListBucket"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}
