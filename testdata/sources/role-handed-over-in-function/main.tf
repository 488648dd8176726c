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

resource "aws_iam_role" "job" {
  name               = "job"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_lambda_function" "job" {
  function_name = "job"
  role          = replace(aws_iam_role.job.arn, "job", "admin")
  handler       = "main.handler"
  runtime       = "python3.12"
  s3_bucket     = "acme-code"
  s3_key        = "job.zip"
}
