variable "policy_arn" {
  type = string
}

variable "document" {
  type = string
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
}

resource "aws_iam_role_policy_attachment" "queue" {
  role       = aws_iam_role.app.name
  policy_arn = var.policy_arn
}

resource "aws_iam_role_policy" "document" {
  name   = "document"
  role   = aws_iam_role.app.name
  policy = var.document
}
