resource "aws_iam_role_policy_attachment" "of_inner" {
  role       = "r"
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
