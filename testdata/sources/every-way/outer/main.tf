variable "action" {}

resource "aws_iam_user_policy" "of_module" {
  user   = "u"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = var.action, Resource = "*" }]
  })
}

module "inner" {
  source = "./inner"
  count  = 1
}
