terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

data "aws_caller_identity" "current" {}

resource "aws_iam_policy" "send" {
  for_each = toset(["send", "sent"])
  name   = each.key
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:123456789012:payments" }]
  })
}

resource "aws_iam_role_policy_attachment" "send" {
  for_each   = toset(["send", "sent"])
  role       = "worker"
  policy_arn = aws_iam_policy.send[each.key].arn
}
