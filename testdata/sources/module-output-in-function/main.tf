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

module "policy" {
  source = "./policy"
}

resource "aws_iam_role_policy_attachment" "send" {
  role       = "worker"
  policy_arn = module.policy.arn
}
