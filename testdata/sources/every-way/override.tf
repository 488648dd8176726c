resource "aws_iam_policy" "overridden" {
  policy = "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"sns:*\", \"Resource\": \"*\"}]}"
}

resource "aws_iam_policy" "overridden_twice" {
  policy = "{}"
}
