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

resource "aws_s3_bucket_policy" "public" {
  bucket = "payments-data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::payments-data/*"
    }]
  })
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = "sqs:SendMessage"
      Resource  = "arn:aws:sqs:eu-west-1:123456789012:jobs"
    }]
  })
}

resource "aws_sns_topic_policy" "events" {
  arn = "arn:aws:sns:eu-west-1:123456789012:events"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "sns:Publish"
      Resource  = "arn:aws:sns:eu-west-1:123456789012:events"
    }]
  })
}

resource "aws_kms_key" "default" {
  description = "Nobody wrote a policy: the provider's default"
}

resource "aws_kms_key" "shared" {
  description = "Shared with a partner"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

resource "aws_kms_grant" "partner" {
  key_id            = "arn:aws:kms:eu-west-1:123456789012:key/0b3c9a5e-0000-4000-8000-000000000001"
  grantee_principal = "arn:aws:iam::444455556666:role/partner"
  operations        = ["Decrypt"]
}

resource "aws_secretsmanager_secret_policy" "token" {
  secret_arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:token-AbCdEf"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:root" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = "*"
    }]
  })
}

resource "aws_lambda_permission" "partner" {
  function_name  = "handler"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::payments-data"
  source_account = "123456789012"
}

resource "aws_lambda_permission" "public" {
  function_name          = "handler"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_function_url" "public" {
  function_name      = "handler"
  authorization_type = "NONE"
}
