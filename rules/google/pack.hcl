# Google Cloud, https://registry.terraform.io/providers/hashicorp/google
pack "google" {
  sources = ["hashicorp/google", "hashicorp/google-beta"]
  prefix  = "google_"
  dialect = "google"
}

fact "project" {
  provider = project
  data     = { google_client_config = "project" }
  default  = null
}

fact "region" {
  provider = region
  default  = null
}

document "google_iam_policy" {
  attribute = "policy_data"
  format    = "google_policy_arguments"
}
