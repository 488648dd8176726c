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

resource "aws_s3_bucket" "code" {
  bucket = "acme-code"
  tags   = { owner = "arn:aws:iam::123456789012:role/admin" }
}

resource "aws_lambda_function" "job" {
  function_name = "job"
  role          = aws_s3_bucket.code.tags_all.owner
  handler       = "main.handler"
  runtime       = "python3.12"
  s3_bucket     = "acme-code"
  s3_key        = "job.zip"
}
