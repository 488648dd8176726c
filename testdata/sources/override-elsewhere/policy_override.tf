resource "aws_iam_role_policy_attachment" "send" {
  policy_arn = aws_iam_policy.send.arn
}
