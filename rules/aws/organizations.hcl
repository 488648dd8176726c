# The organization: policies that limit, accounts, administrators.

rule "aws_organizations_resource_policy" {
  grant "exclusive" {
    document  = content
    resources = ["arn:${fact.partition}:organizations::${fact.account}:*"]
  }
}
