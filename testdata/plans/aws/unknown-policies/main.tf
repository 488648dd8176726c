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

# Known only after apply: nothing in the plan says what it will be.
resource "terraform_data" "later" {
  input = timestamp()
}

resource "aws_s3_bucket" "data" {
  bucket_prefix = "payments-"
}

resource "aws_iam_role" "app" {
  name = "app"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

# One unknown inside jsonencode makes the whole string unknown.
resource "aws_iam_role_policy" "encoded" {
  name = "encoded"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["${aws_s3_bucket.data.arn}/*"]
    }]
  })
}

# A deferred document: its statements are in the plan, all but the ARN.
data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::fixed/*", "${aws_s3_bucket.data.arn}/*"]
  }
}

resource "aws_iam_role_policy" "deferred" {
  name   = "deferred"
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.deferred.json
}

# The same behind a local value, which the plan does not record.
locals {
  document = data.aws_iam_policy_document.deferred.json
}

resource "aws_iam_role_policy" "local" {
  name   = "local"
  role   = aws_iam_role.app.name
  policy = local.document
}

# Wholly unknown.
resource "aws_iam_role_policy" "opaque" {
  name   = "opaque"
  role   = aws_iam_role.app.name
  policy = terraform_data.later.output
}

# Known policy, unknown holder.
resource "aws_iam_role_policy" "holder" {
  name = "holder"
  role = terraform_data.later.output
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::payments/*"]
    }]
  })
}
