variable "name" {
  type = string
}

variable "tags" {
  type     = map(string)
  default  = {}
  nullable = false
}

resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  tags               = var.tags
}

output "arn" {
  value = try(aws_iam_role.this.arn, null)
}
