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

resource "terraform_data" "later" {
  input = timestamp()
}

resource "aws_iam_group" "admins" {
  name = "admins"
}

# A set with one unknown member loses the known ones as well.
resource "aws_iam_group_membership" "admins" {
  name  = "admins"
  group = aws_iam_group.admins.name
  users = ["alice", terraform_data.later.output]
}

resource "aws_iam_policy_attachment" "read" {
  name       = "read"
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
  users      = ["alice", terraform_data.later.output]
}
