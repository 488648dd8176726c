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

variable "partner" {
  type      = string
  sensitive = true
  default   = "arn:aws:iam::444455556666:role/secret-partner"
}

resource "aws_s3_bucket_policy" "data" {
  bucket = "payments-data"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.partner }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::payments-data/*"
    }]
  })
}

resource "aws_iam_user_policy" "bot" {
  name = "bot"
  user = sensitive("hidden-bot")
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::payments-data/*" }]
  })
}
