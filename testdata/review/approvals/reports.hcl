approval "SEC-7" {
  justification = "The monthly report reads what it reports on"
  system        = "reporting"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2027-02-20"
  review_by     = "2026-11-15"
  evidence      = ["https://tickets.example.com/SEC-7"]

  review {
    on       = "2026-11-14"
    by       = "max"
    decision = "keep"
    note     = "The report still runs"
  }

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/reports"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::acme-reports/*"]
  }
}

approval "SEC-8" {
  justification = "=HYPERLINK(\"https://example.com\")"
  system        = "reporting"
  requester     = "ana"
  approvers     = ["lee", "max"]
  approved_on   = "2026-10-01"
  expires_on    = "2026-12-20"
  evidence      = ["https://tickets.example.com/SEC-8"]

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/reports", "arn:aws:iam::123456789012:role/archive"]
    actions    = ["s3:PutObject"]
    resources  = ["arn:aws:s3:::acme-archive/*"]
  }
}

approval "SEC-9" {
  justification = "Copies the old bucket"
  system        = "reporting"
  requester     = "kim"
  approvers     = ["lee"]
  approved_on   = "2026-10-01"
  expires_on    = "2027-01-01"
  review_by     = "2026-11-20"
  evidence      = ["https://tickets.example.com/SEC-9"]

  review { # does not count: the author asked for the access
    on       = "2026-11-19"
    by       = "kim"
    decision = "keep"
  }

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/copy"]
    actions    = ["s3:GetObject", "s3:ListBucket"]
    resources  = ["arn:aws:s3:::acme-old", "arn:aws:s3:::acme-old/*"]
  }
}

approval "SEC-10" {
  justification = "One query for the audit"
  system        = "reporting"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-01"
  expires_on    = "2027-02-01"
  evidence      = ["https://tickets.example.com/SEC-10"]

  withdrawn {
    on     = "2026-11-20"
    by     = "max"
    reason = "The audit is over"
  }

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/audit"]
    actions    = ["athena:StartQueryExecution"]
    resources  = ["arn:aws:athena:eu-west-1:123456789012:workgroup/audit"]
  }
}
