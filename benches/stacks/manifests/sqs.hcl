# Queues with queues for what cannot be delivered.
process_owner = "security"

system "events" {
  owner = "team-events"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["events"]
  max_duration = "180d"
}


approval "EVT-8" {
  justification = "Queues move what fails to their own dead letters; principals of the account send and receive"
  system        = "events"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]
  grant "aws" {
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["sqs:ReceiveMessage", "sqs:SendMessage"]
    resources = [
      "arn:aws:sqs:eu-west-1:${account}:ex-complete-sqs-with-dlq", "arn:aws:sqs:eu-west-1:${account}:ex-complete-sqs-with-dlq-dlq",
    ]
  }

  grant "aws" {
    principals = ["Service:sqs.amazonaws.com"]
    actions    = ["sqs:SendMessage"]
    resources  = ["arn:aws:sqs:eu-west-1:${account}:ex-complete-dlq.fifo"]
    condition "ArnEquals" "aws:SourceArn" { values = ["arn:aws:sqs:eu-west-1:${account}:ex-complete.fifo"] }
  }

  grant "aws" {
    principals = ["Service:sqs.amazonaws.com"]
    actions    = ["sqs:SendMessage"]
    resources  = [module.cmk_encrypted_sqs.aws_sqs_queue.dlq[0].arn]
    condition "ArnEquals" "aws:SourceArn" { values = [module.cmk_encrypted_sqs.aws_sqs_queue.this[0].arn] }
  }
}
