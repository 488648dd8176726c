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

# resource "aws_iam_policy" "counted" {
/*
resource "aws_iam_policy" "counted" {
  policy = "a comment"
}
*/
resource aws_iam_policy "counted" {
  count = 2
  name  = "counted-${count.index}"
  /* é } */ policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}]}
  EOT
}

resource "aws_iam_role" "nested" {
  name               = "nested"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })

  inline_policy {
    name = "written"
    policy = (
      true ? jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = "*" }] }) : ""
    )
  }
}

resource "aws_iam_role" "made" {
  name               = "made"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }] })

  dynamic "inline_policy" {
    for_each = { "x" = "sqs:*", "y" = "sns:*" }
    content {
      name   = inline_policy.key
      policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = inline_policy.value, Resource = "*" }] })
    }
  }
}

resource "aws_iam_policy" "overridden" {
  name   = "overridden"
  policy = "{}"
}

resource "aws_iam_policy" "overridden_twice" {
  name   = "overridden-twice"
  policy = "{}"
}

module "outer" {
  source   = "./outer"
  for_each = toset(["a.b", "c]d", "e\"f"])
  action   = "sqs:*"
}
