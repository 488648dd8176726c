# Bindings on projects, folders, organizations and what belongs to none of them.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_project_iam_member" "google_project_iam_binding" "google_project_iam_policy" {
  templates = ["iam", "audited"]
  locals { resource = "//cloudresourcemanager.googleapis.com/${resource_name("projects/*", project)}" }
}

rule "google_folder_iam_member" "google_folder_iam_binding" "google_folder_iam_policy" {
  templates = ["iam", "audited"]
  locals { resource = "//cloudresourcemanager.googleapis.com/${resource_name("folders/*", folder)}" }
}

rule "google_organization_iam_member" "google_organization_iam_binding" "google_organization_iam_policy" {
  templates = ["iam", "audited"]
  locals { resource = "//cloudresourcemanager.googleapis.com/organizations/${resource_name("*", org_id)}" }
}

rule "google_billing_account_iam_*" {
  templates = ["iam", "audited"]
  locals { resource = "//cloudbilling.googleapis.com/${resource_name("billingAccounts/*", billing_account_id)}" }
}

rule "google_access_context_manager_access_policy_iam_*" {
  templates = ["iam"]
  locals { resource = "//accesscontextmanager.googleapis.com/${resource_name("accessPolicies/*", name)}" }
}

# The organization stands in `org_id` with its prefix.
rule "google_apigee_environment_iam_*" {
  templates = ["iam"]
  locals {
    org      = trimprefix(org_id, "organizations/")
    resource = "//apigee.googleapis.com/${resource_name("organizations/*/environments/*", env_id, local.org)}"
  }
}

rule "google_iam_workforce_pool_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "locations/*/workforcePools/*"
    resource = "//iam.googleapis.com/${resource_name(local.shape, workforce_pool_id, local.location)}"
  }
}

rule "google_endpoints_service_iam_*" {
  templates = ["iam"]
  locals { resource = "//servicemanagement.googleapis.com/${resource_name("services/*", service_name)}" }
}

rule "google_endpoints_service_consumers_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "services/*/consumers/*"
    resource = "//servicemanagement.googleapis.com/${resource_name(local.shape, consumer_project, service_name)}"
  }
}

# A bucket of logs lies in a project, a folder, an organization or a billing account.
rule "google_logging_log_view_iam_*" {
  templates = ["iam"]
  locals {
    whole    = split("/", name)[1] != null
    of       = local.whole ? split("/", name)[0] : split("/", parent)[0]
    kind     = contains(["projects", "folders", "organizations", "billingAccounts"], local.of) ? local.of : resource_name("*", "")
    owner    = local.whole ? null : resource_name("${local.kind}/*", parent)
    bucket   = "locations/${resource_name("*", location)}/buckets/${resource_name("*", bucket)}"
    path     = (local.whole
      ? resource_name("${local.kind}/*/locations/*/buckets/*/views/*", name)
      : "${local.owner}/${local.bucket}/views/${resource_name("*", name)}")
    resource = "//logging.googleapis.com/${local.path}"
  }
}

rule "google_scc_source_iam_*" {
  templates = ["iam"]
  locals { resource = "//securitycenter.googleapis.com/${resource_name("organizations/*/sources/*", source, organization)}" }
}

rule "google_scc_v2_organization_source_iam_*" {
  templates = ["iam"]
  locals { resource = "//securitycenter.googleapis.com/${resource_name("organizations/*/sources/*", source, organization)}" }
}

rule "google_tags_tag_key_iam_*" {
  templates = ["iam"]
  locals { resource = "//cloudresourcemanager.googleapis.com/${resource_name("tagKeys/*", tag_key)}" }
}

rule "google_tags_tag_value_iam_*" {
  templates = ["iam"]
  locals { resource = "//cloudresourcemanager.googleapis.com/${resource_name("tagValues/*", tag_value)}" }
}
