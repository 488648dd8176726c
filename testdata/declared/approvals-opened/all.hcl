process_owner = "security-engineering"

system "payments" { owner = "team-payments" }

authority "payments" {
  approvers    = ["lee"]
  systems      = ["payments"]
  max_duration = "120d"
}

approval "SEC-9" {
  justification = "The password of the queue is made anew at each apply and stored by a write-only argument"
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
  grant "terraform" {
    principals = ["terraform"]
    actions    = ["open:aws_secretsmanager_random_password"]
    resources  = ["ephemeral.aws_secretsmanager_random_password.later"]
  }
}
