pack "ours" {
  sources = ["hashicorp/aws"]
  prefix  = "aws_"
  dialect = "aws"
}
