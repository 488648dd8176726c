# Roles and instance profiles by ARN, wherever an object of any provider holds one and no rule reads it.
# Source: IAM user guide, "IAM identifiers" (characters of names and paths).
identity_pattern {
  pattern = "arn:aws[a-z-]*:iam::[0-9]{12}:(?:role|instance-profile)/[0-9A-Za-z_+=,.@/-]+"
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["iam:PassRole"]
    resources  = [each]
  }
}
