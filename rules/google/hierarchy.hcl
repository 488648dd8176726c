# Bindings on projects, folders, organizations and what belongs to none of them.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_project_iam_member" {
  grant "additive" {
    principals = [member]
    roles      = [role]
    role_kind = "google_custom_role"
    resources  = ["//cloudresourcemanager.googleapis.com/projects/${trimprefix(project, "projects/")}"]
    expression = condition[0].expression
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_project_iam_binding" {
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    role_kind = "google_custom_role"
    resources  = ["//cloudresourcemanager.googleapis.com/projects/${trimprefix(project, "projects/")}"]
    expression = condition[0].expression
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_project_iam_policy" {
  grant "exclusive" {
    document  = policy_data
    resources = ["//cloudresourcemanager.googleapis.com/projects/${trimprefix(project, "projects/")}"]
  }
}

rule "google_folder_iam_member" {
  grant "additive" {
    principals = [member]
    roles      = [role]
    role_kind = "google_custom_role"
    resources  = ["//cloudresourcemanager.googleapis.com/folders/${trimprefix(folder, "folders/")}"]
    expression = condition[0].expression
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_folder_iam_binding" {
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    role_kind = "google_custom_role"
    resources  = ["//cloudresourcemanager.googleapis.com/folders/${trimprefix(folder, "folders/")}"]
    expression = condition[0].expression
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_folder_iam_policy" {
  grant "exclusive" {
    document  = policy_data
    resources = ["//cloudresourcemanager.googleapis.com/folders/${trimprefix(folder, "folders/")}"]
  }
}

rule "google_organization_iam_*" {
  templates = ["iam"]
  locals { resource = "//cloudresourcemanager.googleapis.com/organizations/${trimprefix(org_id, "organizations/")}" }
}

rule "google_billing_account_iam_*" {
  templates = ["iam"]
  locals {
    resource = "//cloudbilling.googleapis.com/billingAccounts/${trimprefix(billing_account_id, "billingAccounts/")}"
  }
}

rule "google_access_context_manager_access_policy_iam_*" {
  templates = ["iam"]
  locals { resource = "//accesscontextmanager.googleapis.com/accessPolicies/${trimprefix(name, "accessPolicies/")}" }
}

rule "google_tags_tag_key_iam_*" {
  templates = ["iam"]
  locals { resource = "//cloudresourcemanager.googleapis.com/tagKeys/${trimprefix(tag_key, "tagKeys/")}" }
}

rule "google_tags_tag_value_iam_*" {
  templates = ["iam"]
  locals { resource = "//cloudresourcemanager.googleapis.com/tagValues/${trimprefix(tag_value, "tagValues/")}" }
}

rule "google_scc_source_iam_*" "google_scc_v2_organization_source_iam_*" {
  templates = ["iam"]
  locals { resource = "//securitycenter.googleapis.com/organizations/${organization}/sources/${source}" }
}

rule "google_apigee_environment_iam_*" {
  templates = ["iam"]
  locals {
    resource = "//apigee.googleapis.com/organizations/${trimprefix(org_id, "organizations/")}/environments/${env_id}"
  }
}

rule "google_iam_workforce_pool_iam_*" {
  templates = ["iam"]
  locals { resource = "//iam.googleapis.com/locations/${location}/workforcePools/${workforce_pool_id}" }
}

rule "google_endpoints_service_iam_*" {
  templates = ["iam"]
  locals { resource = "//servicemanagement.googleapis.com/services/${service_name}" }
}

rule "google_endpoints_service_consumers_iam_*" {
  templates = ["iam"]
  locals { resource = "//servicemanagement.googleapis.com/services/${service_name}/consumers/${consumer_project}" }
}

rule "google_logging_log_view_iam_*" {
  templates = ["iam"]
  locals { resource = "//logging.googleapis.com/${parent}/locations/${location}/buckets/${bucket}/views/${name}" }
}
