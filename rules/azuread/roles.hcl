# Directory roles and application roles, and who holds them.

rule "azuread_directory_role" {
  identity {
    object_id   = coalesce(template_id, display_name)
    template_id = coalesce(template_id, display_name)
    id          = coalesce(template_id, display_name)
  }
}

rule "azuread_custom_directory_role" {
  identity {
    object_id   = display_name
    template_id = display_name
    id          = display_name
  }
  grant "definition" {
    defines = "azuread_custom_directory_role"
    identifiers = ["object_id", "id"]
    global_names = true
    for_each = permissions
    names    = [display_name, self.object_id]
    actions  = each.allowed_resource_actions
  }
  harmless = ["version"]
}

rule "azuread_directory_role_assignment" {
  grant "additive" {
    role_kind = "azuread_custom_directory_role"
    principals = [principal_object_id]
    roles      = [role_id]
    resources  = [startswith(app_scope_id, "/") ? app_scope_id : (startswith(directory_scope_id, "/") ? directory_scope_id : "/")]
  }
}

rule "azuread_directory_role_member" {
  grant "additive" {
    role_kind = "azuread_custom_directory_role"
    principals = [member_object_id]
    roles      = [role_object_id]
    resources  = ["/"]
  }
}

# There is no argument for an end.
rule "azuread_directory_role_eligibility_schedule_request" {
  grant "additive" {
    role_kind = "azuread_custom_directory_role"
    principals = [principal_id]
    roles      = [role_definition_id]
    resources  = [directory_scope_id]
    assignment = "eligible"
  }
  mentions = [justification]
}

rule "azuread_administrative_unit_role_member" {
  grant "additive" {
    role_kind = "azuread_custom_directory_role"
    principals = [member_object_id]
    roles      = [role_object_id]
    resources  = ["/administrativeUnits/${administrative_unit_object_id}"]
  }
}

# Being in a unit lets those act on one who have a role over it.
rule "azuread_administrative_unit_member" {
  grant "additive" {
    principals = [member_object_id]
    actions    = ["unit:member"]
    resources  = ["/administrativeUnits/${administrative_unit_object_id}"]
  }
}

rule "azuread_administrative_unit" {
  identity {
    object_id = display_name
    id        = display_name
  }
  grant "exclusive" {
    when       = members[0] != null
    configured = "members"
    principals = members
    actions    = ["unit:member"]
    resources  = ["/administrativeUnits/${self.object_id}"]
  }
}

rule "azuread_app_role_assignment" {
  grant "additive" {
    principals = [principal_object_id]
    roles      = [app_role_id]
    resources  = [resource_object_id]
  }
}

# Without a user, the consent is for all users.
rule "azuread_service_principal_delegated_permission_grant" {
  grant "additive" {
    principals = [service_principal_object_id]
    actions    = ["delegated:${claim_values}"]
    resources  = [coalesce("${resource_service_principal_object_id}/users/${user_object_id}", resource_service_principal_object_id)]
  }
}

rule "azuread_access_package_catalog_role_assignment" {
  grant "additive" {
    principals = [principal_object_id]
    roles      = [role_id]
    resources  = ["/accessPackageCatalogs/${catalog_id}"]
  }
}

# What a package gives, and who may ask for it.
rule "azuread_access_package_resource_package_association" {
  grant "additive" {
    principals = ["accessPackage:${access_package_id}"]
    roles      = ["package:${coalesce(access_type, "Member")}"]
    resources  = [catalog_resource_association_id]
  }
}

rule "azuread_access_package_resource_catalog_association" {
  identity {
    id = "${catalog_id}/${resource_origin_id}"
  }
  # The owners of a catalogue may give what lies in it.
  grant "additive" {
    principals = ["accessPackageCatalog:${catalog_id}"]
    actions    = ["package:offer"]
    resources  = [resource_origin_id]
  }
}

rule "azuread_access_package_assignment_policy" {
  grant "additive" {
    for_each   = requestor_settings
    principals = concat(["requestors:${each.scope_type}"], each.requestor[*].object_id)
    actions    = ["request:${coalesce(each.scope_type, "NoSubjects")}"]
    resources  = ["/accessPackages/${access_package_id}"]
    assignment = "eligible"
  }
  limit "approval_settings" {
    value = approval_settings
  }
  limit "assignment_review_settings" {
    value = assignment_review_settings
  }
  limit "duration" {
    value = [duration_in_days, expiration_date]
  }
  harmless = ["display_name", "question"]
}
