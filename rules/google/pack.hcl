# Google Cloud, https://registry.terraform.io/providers/hashicorp/google
pack "google" {
  sources = ["hashicorp/google", "hashicorp/google-beta"]
  prefix  = "google_"
  dialect = "google"
  built_in_roles = ["roles/*"]
  harmless = [
    "create_time", "deletion_policy", "deletion_protection", "description", "display_name", "effective_labels", "etag", "fingerprint",
    "labels", "terraform_labels", "timeouts", "update_time",
  ]
  secrets = ["encrypted_secret", "password", "private_key", "secret", "value"]
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

locals {
  project = known_or(project, fact.project)
}

# The three types of a family of bindings, `_iam_member`, `_iam_binding` and `_iam_policy`, on one resource.
template "iam" {
  needs = ["resource"]
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    role_kind = "google_custom_role"
    resources  = [local.resource]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    role_kind = "google_custom_role"
    resources  = [local.resource]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [local.resource]
  }
  mentions = [condition[0].title, condition[0].description]
}

# What Compute Engine names by a link, by `projects/…`, or by a short name, which `path` completes.
template "compute_resource" {
  needs = ["name", "path"]
  locals {
    old_host = "https://www.googleapis.com/compute/v1/"
    link     = trimprefix(trimprefix(local.name, local.old_host), "https://compute.googleapis.com/compute/v1/")
    resource = (startswith(local.link, "projects/")
      ? "//compute.googleapis.com/${local.link}"
      : "//compute.googleapis.com/projects/${local.project}/${local.path}")
  }
}
