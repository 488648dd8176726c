variable "role" {
  type = string
}

variable "role_arn" {
  type = string
}

resource "aws_iam_role_policy" "grant" {
  for_each = { "a].b[\"c" = {
    Effect   = "Allow"
    Action   = ["s3:GetObject"]
    Resource = ["arn:aws:s3:::payments/*"]
  } }

  name   = "grant"
  role   = var.role
  policy = jsonencode({ Version = "2012-10-17", Statement = [each.value] })
}

# Unknown here; the caller's arguments lead to the role.
resource "aws_iam_role_policy" "pass" {
  name = "pass"
  role = var.role
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "iam:PassRole", Resource = var.role_arn }]
  })
}
