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

resource "aws_s3_bucket" "data" {
  bucket_prefix = "payments-"
}

resource "terraform_data" "later" {
  input = ["arn:aws:s3:::payments/*"]
}

data "aws_iam_policy_document" "everything" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
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

# The statement looks narrow; the merged document, known in full, is not.
data "aws_iam_policy_document" "merged" {
  source_policy_documents = [data.aws_iam_policy_document.everything.json]

  dynamic "statement" {
    for_each = toset(["s3:GetObject", "s3:PutObject"])

    content {
      actions   = [statement.value]
      resources = [aws_s3_bucket.data.arn]
    }
  }
}

resource "aws_iam_role_policy" "merged" {
  name   = "merged"
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.merged.json
}

# Unknown for_each: not even the number of statements is known.
data "aws_iam_policy_document" "open" {
  dynamic "statement" {
    for_each = terraform_data.later.output

    content {
      actions   = ["s3:*"]
      resources = [statement.value]
    }
  }
}

resource "aws_iam_role_policy" "open" {
  name   = "open"
  role   = aws_iam_role.app.name
  policy = data.aws_iam_policy_document.open.json
}
