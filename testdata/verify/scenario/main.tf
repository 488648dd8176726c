# Two grants that nobody approved (the policy and the key of `legacy`), and four that are within SEC-1 and SEC-2.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "read" {
  name = "read"
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-inbox/*" }]
  })
}

resource "aws_iam_policy" "send" {
  name = "send"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:123456789012:jobs" }]
  })
}

resource "aws_iam_role_policy_attachment" "send" {
  role       = aws_iam_role.worker.name
  policy_arn = aws_iam_policy.send.arn
}

resource "aws_iam_user" "legacy" {
  name = "legacy"
}

resource "aws_iam_user_policy" "legacy" {
  name = "legacy"
  user = aws_iam_user.legacy.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }]
  })
}

resource "aws_iam_access_key" "legacy" {
  user = aws_iam_user.legacy.name
}
