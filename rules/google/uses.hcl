# Existing service accounts that are handed to something that runs. Whoever controls a machine or a function acts as its
# service account, so this is access though no binding changes. Google's own name for the right to do so is
# `iam.serviceAccounts.actAs`. Source: every argument that takes a service account in the provider's schema,
# hashicorp/google-beta 6.50. Accounts that only use a key of encryption (`kms_key_service_account`) are among them.

uses "google_*" {
  identities = ["google_service_account"]
  attributes = [
    "service_account", "service_account.email", "service_accounts.email", "service_account_email", "service_account_name",
    "google_service_account", "gcp_service_account", "gcp_service_account_email", "metrics_gcp_service_account_email",
    "build_service_account", "dataproc_service_account", "scheduler_service_account_email", "run_as_service_account",
    "kms_key_service_account", "disk_encryption_service_account", "custom_writer_identity",
  ]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["iam.serviceAccounts.actAs"]
    resources  = ["//iam.googleapis.com/projects/-/serviceAccounts/${each}"]
  }
}

# Types of newer versions of the provider, which are not in the schema at hand.
uses "google_apigee_api_deployment" "google_apigee_environment_api_revision_deployment" "google_migration_center_discovery_client" "google_vertex_ai_persistent_resource" "google_vertex_ai_reasoning_engine" {
  identities = ["google_service_account"]
  attributes = ["service_account"]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["iam.serviceAccounts.actAs"]
    resources  = ["//iam.googleapis.com/projects/-/serviceAccounts/${each}"]
  }
}
