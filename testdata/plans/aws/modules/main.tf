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

module "team" {
  source = "./modules/team"

  for_each = {
    "plain"           = "plain"
    "dots.and.dots"   = "dots"
    "quote\"bracket]" = "quoted"
    "new\nline"       = "newline"
    "dollar$${x}"     = "dollar"
  }

  name = each.value
}
