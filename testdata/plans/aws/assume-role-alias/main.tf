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

provider "aws" {
  alias  = "prod"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::444455556666:role/deployer"
  }
}

variable "deployer" {
  type    = string
  default = "arn:aws:iam::777788889999:role/deployer"
}

provider "aws" {
  alias  = "variable"
  region = "eu-west-1"

  assume_role {
    role_arn = var.deployer
  }
}

data "aws_caller_identity" "home" {}

data "aws_caller_identity" "prod" {
  provider = aws.prod
}

resource "aws_iam_user_policy" "home" {
  name = "read"
  user = "bot"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::payments/*"]
    }]
  })
}

resource "aws_iam_user_policy" "prod" {
  provider = aws.prod
  name     = "read"
  user     = "bot"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::payments/*"]
    }]
  })
}

resource "aws_iam_user_policy" "variable" {
  provider = aws.variable
  name     = "read"
  user     = "bot"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::payments/*"]
    }]
  })
}

module "inside" {
  source = "./modules/inside"

  providers = {
    aws = aws.prod
  }
}
