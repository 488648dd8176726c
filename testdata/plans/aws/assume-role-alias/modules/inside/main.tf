resource "aws_iam_user_policy" "inside" {
  name = "inside"
  user = "bot"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject"]
      Resource = ["arn:aws:s3:::payments/*"]
    }]
  })
}
