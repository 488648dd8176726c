process_owner = "security-engineering"

system "payments" {
  owner = "team-payments"
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"

  ceiling {
    grant "aws" {
      actions   = ["s3:Get*"]
      resources = ["arn:aws:s3:::payments-*"]
    }
  }
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
    actions    = ["s3:PutObject"]
    resources  = ["arn:aws:s3:::ledger/*"]
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

  grant "google" {
    principals = ["user:kim@example.com"]
    roles      = ["roles/viewer"]
    resources  = ["//cloudresourcemanager.googleapis.com/projects/acme-prod"]
  }
}

approval "SEC-4" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  evidence      = ["https://tickets.example.com/SEC-4"]

  run "local-exec" {
    address = "terraform_data.warm"
    sha256  = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
  }
}
