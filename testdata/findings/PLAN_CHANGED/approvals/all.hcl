process_owner = "security-engineering"

system "payments" {
  owner = "team-payments"
}

authority "payments" {
  approvers    = ["lee"]
  systems      = ["payments"]
  max_duration = "365d"
}

approval "SEC-1" {
  justification = "The worker sends messages and reads reports; the job runs as itself"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/worker"]
    actions    = ["sqs:SendMessage"]
    resources  = ["arn:aws:sqs:eu-west-1:123456789012:payments"]
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/worker"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::acme-reports/*"]
  }
  grant "aws" {
    principals = ["lambda.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:aws:iam::123456789012:role/job"]
  }
}

approval "SEC-2" {
  justification = "The reader looks at queues; what it may do is written out, not named"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/reader"]
    actions    = ["sqs:Get*", "sqs:List*"]
    resources  = ["*"]
  }
  grant "aws" {
    principals = ["ecs-tasks.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:aws:iam::123456789012:role/reader"]
  }
}
