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

module "policy" {
  source = "./modules/policy"
}

module "role" {
  source     = "./modules/role"
  policy_arn = module.policy.arn
  document   = data.aws_iam_policy_document.deferred.json
}

resource "aws_s3_bucket" "data" {
  bucket_prefix = "payments-"
}

data "aws_iam_policy_document" "deferred" {
  statement {
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.data.arn]
  }
}
