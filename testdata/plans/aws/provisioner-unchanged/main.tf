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

# Added to an existing object, a provisioner does not run: the plan is a no-op.
resource "terraform_data" "script" {
  provisioner "local-exec" {
    command = "echo later"
  }
}
