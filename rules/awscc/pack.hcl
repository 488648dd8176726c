# AWS Cloud Control: the same resources as hashicorp/aws has, named and shaped as CloudFormation does. The words are those of
# rules/aws; nested attributes are objects and not blocks. What the pack reads by rules is IAM, resource policies, what is
# handed a role, and what everybody reaches; any other type that gives access is opaque by its line in types.table.

pack "awscc" {
  sources        = ["hashicorp/awscc"]
  prefix         = "awscc_"
  dialect        = "aws"
  known_by       = "arn"
  built_in_roles = ["arn:*:iam::aws:policy/*"]
  harmless       = ["deletion_protection", "description", "tags"]
  secrets        = ["password", "private_key", "secret_access_key", "value"]
}

fact "account" {
  provider = split(":", coalesce(assume_role.role_arn, assume_role_with_web_identity.role_arn))[4]
  default  = null
}

fact "region" {
  provider = region
  default  = null
}

fact "partition" {
  provider = startswith(region, "cn-") ? "aws-cn" : startswith(region, "us-gov-") ? "aws-us-gov" : null
  default  = "aws"
}

locals {
  place = "${fact.region}:${fact.account}"
}

# A policy of a resource, in JSON.
template "policy" {
  needs = ["policy", "resources"]
  grant "exclusive" {
    when      = local.policy != null
    document  = local.policy
    resources = local.resources
  }
}
