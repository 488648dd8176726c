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

resource "aws_iam_role_policy" "tricks" {
  name = "tricks"
  role = aws_iam_role.app.name

  # Written by hand, as people do: one statement without a list, odd case, Not*, wildcards in the middle, an escape.
  policy = <<-EOF
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["IAM:passrole", "s3:Get?bject", "iam:*Policy", "\u0073qs:*"],
        "NotResource": "arn:aws:s3:::payments/*"
      }
    }
  EOF
}
