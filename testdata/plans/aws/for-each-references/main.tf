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

locals {
  teams = toset(["blue", "green"])
}

resource "aws_s3_bucket" "data" {
  for_each      = local.teams
  bucket_prefix = "${each.key}-"
}

# Each consumer reads the document of its own key; `configuration` says only `data.aws_iam_policy_document.team`.
data "aws_iam_policy_document" "team" {
  for_each = local.teams

  statement {
    actions   = [each.key == "blue" ? "s3:GetObject" : "s3:*"]
    resources = ["${aws_s3_bucket.data[each.key].arn}/*"]
  }
}

resource "aws_iam_role" "team" {
  for_each = local.teams
  name     = each.key
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "team" {
  for_each = local.teams
  name     = "team"
  role     = aws_iam_role.team[each.key].name
  policy   = data.aws_iam_policy_document.team[each.key].json
}
