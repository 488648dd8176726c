provider "hashicorp/aws" {
  access = "none"
  reason = "trust us"
}
