process_owner = "security-engineering"

system "jobs" {
  owner   = "team-jobs"
  contact = "#jobs"
}

authority "jobs" {
  approvers    = ["lee", "max"]
  systems      = ["jobs"]
  max_duration = "120d"
  threshold    = 1
}

approval "SEC-1" {
  justification = "The worker reads its inbox"
  system        = "jobs"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["lambda.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:aws:iam::123456789012:role/worker"]
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/worker"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::acme-inbox/*"]
  }
}
