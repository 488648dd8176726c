# Existing service accounts that are handed to something that runs. Whoever controls a machine or a function acts as its
# service account, so this is access though no binding changes. Google's own name for the right to do so is
# `iam.serviceAccounts.actAs`. Source: the arguments of the provider's schema, hashicorp/google 6.50.

uses "google_*" {
  identities = ["google_service_account"]
  attributes = ["service_account", "service_account.email", "service_account_email", "service_account_name"]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["iam.serviceAccounts.actAs"]
    resources  = ["//iam.googleapis.com/projects/-/serviceAccounts/${each}"]
  }
}
