# Limits: taking one away, or changing it, widens what somebody else grants.

rule "google_iam_deny_policy" "google_iam_access_boundary_policy" {
  limit "rules" {
    value = rules
  }
}

rule "google_iam_principal_access_boundary_policy" {
  limit "details" {
    value = details
  }
}

rule "google_iam_projects_policy_binding" "google_iam_folders_policy_binding" "google_iam_organizations_policy_binding" {
  limit "policy" {
    value = [policy, target[0].principal_set, condition[0].expression]
  }
}

# A policy takes the place of what is inherited, so a new one may loosen it, unless it only enforces or denies:
# https://cloud.google.com/resource-manager/docs/organization-policy/understanding-hierarchy
rule "google_org_policy_policy" {
  locals {
    rules      = spec[0].rules
    is_allowed = contains(concat(spec[0].rules[*].enforce), "FALSE") || contains(concat(spec[0].rules[*].allow_all), "TRUE")
    allowed    = concat(spec[0].rules[*].values[*].allowed_values)[0]
    denied     = concat(spec[0].rules[*].values[*].denied_values)[0]
    condition  = concat(spec[0].rules[*].condition[*].expression)[0]
  }
  limit "spec" {
    value = spec
  }
  limit "inherited" {
    value = (
      spec[0] == null
      || !local.is_allowed && local.allowed == null && local.condition == null && spec[0].reset != true
      && (local.denied == null || spec[0].inherit_from_parent == true)
    )
    tight   = true
    default = true
  }
}

rule "google_*_organization_policy" "google_organization_policy" {
  limit "policy" {
    value = [boolean_policy, list_policy, restore_policy]
  }
  limit "inherited" {
    value = (
      boolean_policy[0].enforced != false && list_policy[0].allow[0] == null && restore_policy[0] == null
      && (list_policy[0] == null || list_policy[0].inherit_from_parent == true || list_policy[0].deny[0].all == true)
    )
    tight   = true
    default = true
  }
}

rule "google_org_policy_custom_constraint" {
  limit "condition" {
    value = [condition, action_type, method_types, resource_types]
  }
}

rule "google_project_iam_audit_config" "google_folder_iam_audit_config" "google_organization_iam_audit_config" {
  limit "audit_log_config" {
    value = audit_log_config
  }
}

rule "google_*_access_approval_settings" {
  limit "enrolled_services" {
    value = enrolled_services
  }
}

rule "google_access_context_manager_access_level" {
  limit "conditions" {
    value = [basic, custom]
  }
  harmless = ["title"]
}

rule "google_access_context_manager_access_level_condition" {
  limit "conditions" {
    value = [ip_subnetworks, members, regions, required_access_levels, device_policy, negate, vpc_network_sources]
  }
}

rule "google_access_context_manager_access_levels" {
  limit "access_levels" {
    value = access_levels
  }
}

rule "google_access_context_manager_service_perimeter" {
  limit "status" {
    value = status
  }
  harmless = ["title"]
}

rule "google_access_context_manager_service_perimeters" {
  limit "service_perimeters" {
    value = service_perimeters
  }
}

rule "google_access_context_manager_service_perimeter_resource" {
  limit "resource" {
    value = resource
  }
}

# A way through a perimeter.
rule "google_access_context_manager_service_perimeter_ingress_policy" "google_access_context_manager_ingress_policy" {
  grant "opaque" {
    reason = "lets requests into a service perimeter"
  }
}

rule "google_access_context_manager_service_perimeter_egress_policy" "google_access_context_manager_egress_policy" {
  grant "opaque" {
    reason = "lets requests out of a service perimeter"
  }
}

rule "google_access_context_manager_gcp_user_access_binding" {
  limit "access_levels" {
    value = [access_levels, scoped_access_settings, session_settings]
  }
}

rule "google_access_context_manager_authorized_orgs_desc" {
  grant "opaque" {
    reason = "lets other organizations' access levels and devices count here"
  }
}

rule "google_binary_authorization_policy" {
  limit "rules" {
    value = [default_admission_rule, cluster_admission_rules, admission_whitelist_patterns, global_policy_evaluation_mode]
  }
}

rule "google_storage_bucket" {
  identity {
    name      = name
    id        = name
    self_link = "https://www.googleapis.com/storage/v1/b/${name}"
    url       = "gs://${name}"
  }
  limit "public_access_prevention" {
    value = public_access_prevention
    tight = "enforced"
  }
  limit "uniform_bucket_level_access" {
    value = uniform_bucket_level_access
    tight = true
  }
  harmless = [
    "autoclass", "cors", "custom_placement_config", "default_event_based_hold", "enable_object_retention", "encryption",
    "force_destroy", "lifecycle_rule", "requester_pays", "rpo", "soft_delete_policy", "storage_class", "time_created", "updated",
    "versioning", "website",
  ]
}

# What an identity-aware proxy or a mesh lets in is a rule of the network with identities in it.
rule "google_network_security_authorization_policy" {
  limit "rules" {
    value = [action, rules]
  }
}

rule "google_network_security_authz_policy" {
  limit "rules" {
    value = [action, http_rules, custom_provider]
  }
}

rule "google_chronicle_data_access_scope" {
  grant "opaque" {
    reason = "says which security data the users of a scope see"
  }
}

rule "google_cloud_run_v2_service" {
  identity {
    id = "projects/${local.project}/locations/${location}/services/${name}"
  }
  grant "additive" {
    when       = invoker_iam_disabled == true
    principals = ["allUsers"]
    roles      = ["roles/run.invoker"]
    resources  = ["//run.googleapis.com/projects/${local.project}/locations/${location}/services/${name}"]
  }
  harmless = [
    "build_config", "client", "client_version", "conditions", "custom_audiences", "generation", "last_modifier",
    "latest_created_revision", "latest_ready_revision", "launch_stage", "observed_generation", "reconciling", "scaling", "template",
    "terminal_condition", "traffic", "traffic_statuses", "uid", "uri", "urls",
  ]
}
