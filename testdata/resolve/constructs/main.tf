# One construct an output of the object beside it: `resolve` must know each `input` below, as `values.json` says.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "prefix" {
  type    = string
  default = "app"
}

variable "settings" {
  type = object({
    enabled = optional(bool, true)
    tags    = optional(map(string), { team = "core" })
    name    = string
  })
  default = { name = "set" }
}

variable "secret" {
  type      = string
  default   = "hidden"
  sensitive = true
}

resource "terraform_data" "late" {
  input = "late"
}

resource "aws_iam_role" "one" {
  name               = "${var.prefix}-one"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role" "counted" {
  count              = 2
  name               = "${var.prefix}-${count.index}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role" "each" {
  for_each           = { a = "x", b = "y" }
  name               = "${each.key}-${each.value}"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_iam_role" "none" {
  count              = 0
  name               = "none"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_s3_bucket" "data" {
  bucket = "${var.prefix}-data"
}

locals {
  is_late   = terraform_data.late.output == "late"
  created   = true
  role_arn  = local.created ? aws_iam_role.one.arn : null
  documents = { for key, role in aws_iam_role.each : key => role.arn }
  loop_a    = [local.loop_b]
  loop_b    = ["b"]
}

module "role" {
  source = "./modules/role"
  name   = "single"
}

module "roles" {
  source   = "./modules/role"
  for_each = toset(["p", "q"])
  name     = "many-${each.key}"
  tags     = { owner = each.value }
}

module "counted" {
  source = "./modules/role"
  count  = 2
  name   = "count-${count.index}"
}

data "aws_iam_policy_document" "late" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.data.arn}/*"]
  }
  dynamic "statement" {
    for_each = { send = aws_iam_role.one.arn, assume = "*" }
    content {
      sid       = statement.key
      actions   = ["sts:AssumeRole"]
      resources = [statement.value]
    }
  }
}

resource "terraform_data" "reference" { input = aws_iam_role.one.arn }
resource "terraform_data" "template" { input = "${aws_s3_bucket.data.arn}/*" }
resource "terraform_data" "conditional_known" { input = local.role_arn }
resource "terraform_data" "conditional_unknown" { input = local.is_late ? aws_iam_role.one.arn : "*" }
resource "terraform_data" "try" { input = try(aws_iam_role.none[0].arn, aws_iam_role.one.arn) }
resource "terraform_data" "coalesce" { input = coalesce(null, aws_iam_role.one.arn) }
resource "terraform_data" "one" { input = one(aws_iam_role.counted[*].arn == null ? [] : [aws_iam_role.one.arn]) }
resource "terraform_data" "one_none" { input = [one(aws_iam_role.none[*].arn), aws_iam_role.one.arn] }
resource "terraform_data" "element" { input = element(aws_iam_role.counted[*].arn, 1) }
resource "terraform_data" "splat" { input = aws_iam_role.counted[*].arn }
resource "terraform_data" "index" { input = aws_iam_role.each["b"].arn }
resource "terraform_data" "for_object" { input = local.documents }
resource "terraform_data" "values" { input = values(aws_iam_role.each)[*].arn }
resource "terraform_data" "for_if" { input = [for name, role in aws_iam_role.each : role.arn if name != "a"] }
resource "terraform_data" "flatten" { input = flatten([[aws_iam_role.one.arn], [aws_iam_role.counted[0].arn]]) }
resource "terraform_data" "merge" { input = merge({ a = aws_iam_role.one.arn }, { b = "known" }) }
resource "terraform_data" "lookup" { input = lookup(local.documents, "a", "absent") }
resource "terraform_data" "output" { input = module.role.arn }
resource "terraform_data" "output_each" { input = module.roles["q"].arn }
resource "terraform_data" "output_values" { input = [for role in module.roles : role.arn] }
resource "terraform_data" "output_splat" { input = module.counted[*].arn }
resource "terraform_data" "optional" { input = [var.settings.enabled, var.settings.tags.team, aws_iam_role.one.arn] }
resource "terraform_data" "function" { input = replace(aws_iam_role.one.arn, "role/", "policy/") }
resource "terraform_data" "split" { input = split("/", aws_iam_role.one.arn)[1] }
resource "terraform_data" "json" { input = jsonencode({ Resource = aws_iam_role.one.arn }) }
resource "terraform_data" "document" { input = data.aws_iam_policy_document.late.json }
resource "terraform_data" "file" { input = [file("${path.module}/templates/plain.txt"), aws_iam_role.one.arn] }
resource "terraform_data" "template_file" {
  input = templatefile("${path.module}/templates/policy.tpl", { arns = aws_iam_role.counted[*].arn })
}
resource "terraform_data" "missing_file" {
  input = [fileexists("${path.module}/templates/absent") ? "there" : "absent", aws_iam_role.one.arn]
}
resource "terraform_data" "workspace" { input = "${terraform.workspace}-${aws_iam_role.one.arn}" }
resource "terraform_data" "sensitive" { input = "${var.secret}-${aws_iam_role.one.arn}" }
resource "terraform_data" "another_object" { input = terraform_data.reference.output }
resource "terraform_data" "heredoc" {
  input = <<-EOT
    %{for role in aws_iam_role.counted~}
    ${role.arn}
    %{endfor~}
  EOT
}
resource "terraform_data" "unknown_length" {
  input = [for name in [terraform_data.late.output, "x"] : "${aws_s3_bucket.data.arn}/${name}" if name != ""]
}
resource "terraform_data" "instance_of_each" {
  for_each = { k = "b" }
  input    = aws_iam_role.each[each.value].arn
}

# `resource.TYPE.NAME` is another spelling of `TYPE.NAME`.
resource "terraform_data" "reference_in_full" {
  input = join("", resource.aws_iam_role.one[*].arn)
}
