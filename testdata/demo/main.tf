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

# SEC-1423: the report job reads the invoices. The role is there already; the policy is widened here.
resource "aws_iam_role" "reports" {
  name = "reports"
  tags = { ticket = "SEC-1423" }
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "reports" {
  name = "read-invoices"
  role = aws_iam_role.reports.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*"
      Resource = "arn:aws:s3:::acme-invoices/*"
    }]
  })
}

# SEC-1431: the deployer pushes images, and only from the main branch of one repository.
resource "aws_iam_role" "deployer" {
  name = "ci-deployer"
  tags = { ticket = "SEC-1431" }
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com" }
      Condition = {
        StringEquals = {
          "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
          "token.actions.githubusercontent.com:sub" = "repo:acme/payments:ref:refs/heads/main"
        }
      }
    }]
  })
}

resource "aws_iam_role_policy" "deployer" {
  name = "push-images"
  role = aws_iam_role.deployer.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"]
      Resource = "arn:aws:ecr:eu-west-1:123456789012:repository/payments-api"
    }]
  })
}

# No ticket: an auditor in another account.
resource "aws_iam_role" "auditor" {
  name = "auditor"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::999988887777:root" }
    }]
  })
}

# SEC-1290: a migration that should have been over by the first of November.
resource "aws_iam_role_policy" "migration" {
  name = "read-old-invoices"
  role = aws_iam_role.deployer.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "dynamodb:Scan"
      Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/invoices-old"
    }]
  })
}

# What a script does, no plan shows.
resource "terraform_data" "warm_cache" {
  provisioner "local-exec" {
    command = "./warm-cache.sh"
  }
}
