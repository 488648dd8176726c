terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "name" {
  type = string
}

variable "path" {
  type    = string
  default = "/"
}

variable "create_role" {
  type    = bool
  default = true
}

variable "role_name" {
  type    = string
  default = ""
}

variable "table_arns" {
  type = list(string)
}

variable "key_arn" {
  type    = string
  default = null
}

variable "policy_arns" {
  type = list(string)
}

locals {
  role = var.create_role ? aws_iam_role.this[0].name : var.role_name
}

resource "aws_iam_role" "this" {
  count       = var.create_role ? 1 : 0
  name_prefix = "${var.name}-"
  path        = var.path

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "tables" {
  name = "tables"
  role = local.role

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:Query"], Resource = var.table_arns }],
      [for arn in compact([var.key_arn]) : { Effect = "Allow", Action = "kms:Decrypt", Resource = arn }],
    )
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  count      = length(var.policy_arns)
  role       = local.role
  policy_arn = element(var.policy_arns, count.index)
}

resource "aws_iam_instance_profile" "this" {
  name = coalesce(var.role_name, "${var.name}-profile")
  role = try(aws_iam_role.this[0].name, var.role_name)
}

output "role_arn" {
  value = try(aws_iam_role.this[0].arn, null)
}
