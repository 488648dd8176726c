# Roles: named sets of permissions.

rule "google_project_iam_custom_role" {
  identity {
    id   = "projects/${local.project}/roles/${role_id}"
    name = "projects/${local.project}/roles/${role_id}"
  }
  grant "definition" {
    defines = "google_custom_role"
    global_names = true
    names     = [self.name]
    actions   = permissions
    resources = ["//cloudresourcemanager.googleapis.com/projects/${local.project}"]
  }
  harmless = ["stage", "title"]
}

rule "google_organization_iam_custom_role" {
  identity {
    id   = "organizations/${org_id}/roles/${role_id}"
    name = "organizations/${org_id}/roles/${role_id}"
  }
  grant "definition" {
    defines = "google_custom_role"
    global_names = true
    names     = [self.name]
    actions   = permissions
    resources = ["//cloudresourcemanager.googleapis.com/organizations/${org_id}"]
  }
  harmless = ["stage", "title"]
}

# Roles that may be taken on for a time, after a request.
rule "google_privileged_access_manager_entitlement" {
  grant "additive" {
    for_each   = privileged_access[0].gcp_iam_access[0].role_bindings
    principals = eligible_users[*].principals
    roles      = [each.role]
    role_kind = "google_custom_role"
    resources  = [privileged_access[0].gcp_iam_access[0].resource]
    expression = each.condition_expression
    assignment = "eligible"
  }
  limit "approval_workflow" {
    value = approval_workflow
  }
  limit "max_request_duration" {
    value = max_request_duration
  }
  limit "requester_justification_config" {
    value = requester_justification_config
  }
  harmless = ["additional_notification_targets"]
}
