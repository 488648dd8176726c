# One small stack in which every value that speaks of access is unknown while it is planned, and becomes known in a
# different way: by reference, conditional, function, `for`, splat, template, document, module, `dynamic` block.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region = local.region
}

variable "create_key" {
  type    = bool
  default = true
}

variable "readers" {
  type    = map(object({ path = optional(string, "/"), tables = list(string) }))
  default = { reports = { tables = ["invoices", "orders"] }, audit = { path = "/audit/", tables = ["orders"] } }
}

variable "extra_policy_arns" {
  type    = list(string)
  default = []
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

locals {
  region = "eu-west-1"
  prefix = "acme"
  arn    = "arn:${data.aws_partition.current.partition}"
  key    = one(aws_kms_key.data[*].arn)
  tables = { for name, table in aws_dynamodb_table.this : name => table.arn }
  all    = concat(values(local.tables), [for arn in values(local.tables) : "${arn}/index/*"])
}

resource "terraform_data" "suffix" {}

resource "aws_kms_key" "data" {
  count       = var.create_key ? 1 : 0
  description = "tables"
}

resource "aws_dynamodb_table" "this" {
  for_each     = toset(flatten([for reader in var.readers : reader.tables]))
  name         = "${local.prefix}-${each.key}"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = try(aws_kms_key.data[0].arn, null)
  }
}

resource "aws_sqs_queue" "jobs" {
  name_prefix = "${local.prefix}-jobs-"
}

resource "aws_sqs_queue" "dead" {
  name = "${local.prefix}-${terraform_data.suffix.id}-dead"
}

resource "aws_sqs_queue_redrive_policy" "jobs" {
  queue_url      = aws_sqs_queue.jobs.url
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 3 })
}

resource "aws_sns_topic" "events" {
  name_prefix = "${local.prefix}-events-"
}

resource "aws_sqs_queue_policy" "jobs" {
  queue_url = aws_sqs_queue.jobs.id
  policy    = data.aws_iam_policy_document.queue.json
}

data "aws_iam_policy_document" "queue" {
  statement {
    sid       = "Topic"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.jobs.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_sns_topic.events.arn]
    }
  }

  dynamic "statement" {
    for_each = { for name, module_of in module.service : name => module_of.role_arn }

    content {
      sid       = "Read${title(statement.key)}"
      actions   = ["sqs:ReceiveMessage"]
      resources = [aws_sqs_queue.jobs.arn]

      principals {
        type        = "AWS"
        identifiers = [statement.value]
      }
    }
  }
}

module "service" {
  source   = "./modules/service"
  for_each = var.readers

  name        = "${local.prefix}-${each.key}"
  path        = each.value.path
  table_arns  = [for table in each.value.tables : local.tables[table]]
  key_arn     = local.key
  policy_arns = coalescelist(var.extra_policy_arns, [aws_iam_policy.publish.arn])
}

module "own_role" {
  source = "./modules/service"

  name        = "${local.prefix}-own"
  create_role = false
  role_name   = element(split("/", aws_iam_role.shared.arn), 1)
  table_arns  = local.all
  policy_arns = []
}

resource "aws_iam_role" "shared" {
  name_prefix        = "${local.prefix}-shared-"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = values(module.service)[*].role_arn } }] })
}

resource "aws_iam_policy" "publish" {
  name_prefix = "${local.prefix}-publish-"
  policy = templatefile("${path.module}/publish.json.tftpl", {
    topic  = aws_sns_topic.events.arn
    queues = [aws_sqs_queue.jobs.arn, aws_sqs_queue.dead.arn]
  })
}

resource "aws_iam_openid_connect_provider" "apps" {
  url             = "https://issuer.example.com/${aws_sqs_queue.dead.name}"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["990f4193972f2becf12ddeda5237f9c952f20d9e"]
}

data "aws_iam_policy_document" "workload" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.apps.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${replace(aws_iam_openid_connect_provider.apps.url, "https://", "")}:sub"
      values   = ["system:serviceaccount:apps:reader"]
    }
  }
}

resource "aws_iam_role" "workload" {
  name               = "${local.prefix}-workload"
  assume_role_policy = data.aws_iam_policy_document.workload.json
}

resource "aws_s3_bucket" "logs" {
  bucket_prefix = "${local.prefix}-logs-"
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      for action in ["GetObject", "PutObject"] : {
        Effect    = "Allow"
        Action    = "s3:${action}"
        Principal = { AWS = aws_iam_role.workload.arn }
        Resource  = format("%s/%s/*", aws_s3_bucket.logs.arn, lower(action))
      }
    ]
  })
}

output "roles" {
  value = merge({ shared = aws_iam_role.shared.arn }, { for name, service in module.service : name => service.role_arn })
}
