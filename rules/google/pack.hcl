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

# `resource_name` reads a name as the provider does: the shapes are those of `GetImportIdQualifiers` and of the URL in
# google/services/*/iam_*.go of the provider, 6.50.0. A whole name goes before the arguments; the provider looks for its
# shape anywhere in the text, so every text that is neither plain nor exactly of that shape is left undecided.
locals {
  project  = known_or(project, fact.project)
  region   = known_or(region, fact.region)
  location = known_or(location, fact.region)
  # A binding has one condition. What a second one would mean no document says, so with two it narrows nothing.
  only_condition = condition[1] == null ? condition[0].expression : null
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
    expression = local.only_condition
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    role_kind = "google_custom_role"
    resources  = [local.resource]
    expression = local.only_condition
  }
  grant "exclusive" {
    document  = policy_data
    resources = [local.resource]
  }
  mentions = [condition[0].title, condition[0].description]
}

# The audit configuration of an authoritative policy.
template "audited" {
  limit "audit_configs" {
    value = json(policy_data).auditConfigs
  }
}

# What Compute Engine names by a link, by `projects/…`, or by a short name.
template "compute_resource" {
  needs = ["name"]
  locals {
    old_host = trimprefix(local.name, "https://www.googleapis.com/compute/")
    path     = trimprefix(local.old_host, "https://compute.googleapis.com/compute/")
    link     = local.path == local.name ? local.name : trimprefix(trimprefix(local.path, "v1/"), "beta/")
  }
}
