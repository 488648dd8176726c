# Service accounts by e-mail address, wherever an object of any provider holds one and no rule reads it.
# Source: Google's IAM documentation, "Types of service accounts".
identity_pattern {
  pattern = "[0-9A-Za-z._-]+@[0-9a-z.-]+[.]gserviceaccount[.]com"
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["iam.serviceAccounts.actAs"]
    resources  = ["//iam.googleapis.com/projects/-/serviceAccounts/${each}"]
  }
}
