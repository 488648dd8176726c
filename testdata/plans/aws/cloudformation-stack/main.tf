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

resource "aws_cloudformation_stack" "iam" {
  name         = "iam"
  capabilities = ["CAPABILITY_NAMED_IAM"]

  template_body = jsonencode({
    Resources = {
      Admin = {
        Type       = "AWS::IAM::User"
        Properties = { UserName = "eve", ManagedPolicyArns = ["arn:aws:iam::aws:policy/AdministratorAccess"] }
      }
    }
  })
}

resource "aws_cloudcontrolapi_resource" "role" {
  type_name = "AWS::IAM::Role"

  desired_state = jsonencode({
    RoleName                 = "eve"
    AssumeRolePolicyDocument = { Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } }] }
    ManagedPolicyArns        = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  })

  schema = jsonencode({ typeName = "AWS::IAM::Role", properties = { RoleName = { type = "string" } } })
}
