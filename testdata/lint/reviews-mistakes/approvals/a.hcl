process_owner = "security-engineering"

system "payments" {
  owner = "team-payments"
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"
}

approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-1"]
  review_by     = "2026-11-22"

  review {
    on       = "yesterday"
    by       = "max"
    decision = "keep"
  }
  review {
    on       = "2026-11-21"
    by       = "m ax"
    decision = "kept"
  }
  review "second" {
    decision = "narrow"
    because  = "Reads only one folder"
  }
  withdrawn {
    on = "2026-11-19"
    by = "lee"
    reason = "Before it was given"
  }
  withdrawn { on = "2026-11-21" }

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::payments-inbox/*"]
  }
}
