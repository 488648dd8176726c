variable "name" {
  type = string
}

resource "aws_iam_role" "team" {
  name = var.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "ec2.amazonaws.com" }
    }]
  })
}

module "read" {
  source = "../grant"
  count  = 1

  role     = aws_iam_role.team.name
  role_arn = aws_iam_role.team.arn
}
