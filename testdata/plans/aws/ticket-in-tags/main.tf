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
  tags = {
    ticket = "SEC-1001"
    owner  = "team-payments"
  }
}

resource "aws_iam_role_policy" "app" {
  name = "app"
  role = aws_iam_role.app.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::payments/*"]
    }]
  })
}

resource "aws_iam_policy" "queue" {
  name = "queue"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = ["*"]
    }]
  })
  description = "SEC-1002: send to the queue"

  tags = {
    ticket = "SEC-1002"
  }
}

resource "aws_iam_user" "bot" {
  name = "bot"

  tags = {
    Ticket = "sec-1003"
  }
}

# No tags on this type: the Sid is the only place for a ticket.
resource "aws_iam_user_policy" "bot" {
  name = "bot"
  user = aws_iam_user.bot.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "SEC1003", Effect = "Allow", Action = "s3:ListBucket", Resource = "*" }]
  })
}
