# Bindings on projects, folders, organizations and what belongs to none of them.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_project_iam_member" {
  grant "additive" {
    principals = [member]
    roles      = [role]
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
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//cloudresourcemanager.googleapis.com/organizations/${trimprefix(org_id, "organizations/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//cloudresourcemanager.googleapis.com/organizations/${trimprefix(org_id, "organizations/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//cloudresourcemanager.googleapis.com/organizations/${trimprefix(org_id, "organizations/")}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_billing_account_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//cloudbilling.googleapis.com/billingAccounts/${trimprefix(billing_account_id, "billingAccounts/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//cloudbilling.googleapis.com/billingAccounts/${trimprefix(billing_account_id, "billingAccounts/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//cloudbilling.googleapis.com/billingAccounts/${trimprefix(billing_account_id, "billingAccounts/")}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_access_context_manager_access_policy_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//accesscontextmanager.googleapis.com/accessPolicies/${trimprefix(name, "accessPolicies/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//accesscontextmanager.googleapis.com/accessPolicies/${trimprefix(name, "accessPolicies/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//accesscontextmanager.googleapis.com/accessPolicies/${trimprefix(name, "accessPolicies/")}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_tags_tag_key_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//cloudresourcemanager.googleapis.com/tagKeys/${trimprefix(tag_key, "tagKeys/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//cloudresourcemanager.googleapis.com/tagKeys/${trimprefix(tag_key, "tagKeys/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//cloudresourcemanager.googleapis.com/tagKeys/${trimprefix(tag_key, "tagKeys/")}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_tags_tag_value_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//cloudresourcemanager.googleapis.com/tagValues/${trimprefix(tag_value, "tagValues/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//cloudresourcemanager.googleapis.com/tagValues/${trimprefix(tag_value, "tagValues/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//cloudresourcemanager.googleapis.com/tagValues/${trimprefix(tag_value, "tagValues/")}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_scc_source_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//securitycenter.googleapis.com/organizations/${organization}/sources/${source}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//securitycenter.googleapis.com/organizations/${organization}/sources/${source}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//securitycenter.googleapis.com/organizations/${organization}/sources/${source}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_scc_v2_organization_source_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//securitycenter.googleapis.com/organizations/${organization}/sources/${source}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//securitycenter.googleapis.com/organizations/${organization}/sources/${source}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//securitycenter.googleapis.com/organizations/${organization}/sources/${source}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_apigee_environment_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//apigee.googleapis.com/organizations/${trimprefix(org_id, "organizations/")}/environments/${env_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//apigee.googleapis.com/organizations/${trimprefix(org_id, "organizations/")}/environments/${env_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//apigee.googleapis.com/organizations/${trimprefix(org_id, "organizations/")}/environments/${env_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_iam_workforce_pool_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//iam.googleapis.com/locations/${location}/workforcePools/${workforce_pool_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//iam.googleapis.com/locations/${location}/workforcePools/${workforce_pool_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//iam.googleapis.com/locations/${location}/workforcePools/${workforce_pool_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_endpoints_service_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//servicemanagement.googleapis.com/services/${service_name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//servicemanagement.googleapis.com/services/${service_name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//servicemanagement.googleapis.com/services/${service_name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_endpoints_service_consumers_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//servicemanagement.googleapis.com/services/${service_name}/consumers/${consumer_project}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//servicemanagement.googleapis.com/services/${service_name}/consumers/${consumer_project}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//servicemanagement.googleapis.com/services/${service_name}/consumers/${consumer_project}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_logging_log_view_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//logging.googleapis.com/${parent}/locations/${location}/buckets/${bucket}/views/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//logging.googleapis.com/${parent}/locations/${location}/buckets/${bucket}/views/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//logging.googleapis.com/${parent}/locations/${location}/buckets/${bucket}/views/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}
