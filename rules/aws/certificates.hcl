# Certificate authorities and signing.

rule "aws_acmpca_policy" {
  grant "exclusive" {
    document  = policy
    resources = [resource_arn]
  }
}

rule "aws_acmpca_permission" {
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = ["acm-pca:${actions}"]
    resources = [certificate_authority_arn]
    condition "StringEquals" "aws:SourceAccount" {
      values = known_or(source_account, null)
    }
  }
}
