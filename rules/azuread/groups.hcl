# Groups: being in one is what it may do.

rule "azuread_group" {
  templates = ["group"]
  grant "exclusive" {
    when       = members[0] != null
    configured = "members"
    principals = members
    actions    = ["group:member"]
    resources  = [self.object_id]
  }
}

rule "azuread_group_without_members" {
  templates = ["group"]
}

template "group" {
  subject = "group"
  identity {
    object_id = display_name
    id        = display_name
  }
  grant "exclusive" {
    when       = owners[0] != null
    configured = "owners"
    principals = owners
    actions    = ["group:owner"]
    resources  = [self.object_id]
  }
  grant "additive" {
    for_each   = dynamic_membership
    when       = each.enabled == true
    principals = ["whoever ${each.rule}"]
    actions    = ["group:member"]
    resources  = [self.object_id]
  }
  grant "additive" {
    when       = visibility == "Public"
    principals = ["everybody-of-the-directory"]
    actions    = ["group:join"]
    resources  = [self.object_id]
  }
  grant "exclusive" {
    when       = administrative_unit_ids[0] != null
    configured = "administrative_unit_ids"
    principals = [self.object_id]
    actions    = ["unit:member"]
    resources  = ["/administrativeUnits/${administrative_unit_ids}"]
  }
  harmless = [
    "auto_subscribe_new_members", "behaviors", "external_senders_allowed", "hide_from_address_lists", "hide_from_outlook_clients",
    "mail_nickname", "provisioning_options", "theme",
  ]
}

rule "azuread_group_member" {
  grant "additive" {
    principals = [member_object_id]
    actions    = ["group:member"]
    resources  = [group_object_id]
  }
}

rule "azuread_privileged_access_group_assignment_schedule" {
  grant "additive" {
    principals = [principal_id]
    actions    = ["group:${assignment_type}"]
    resources  = [group_id]
    assignment = permanent_assignment == true ? null : (coalesce(duration, expiration_date) == null ? null : "active")
  }
  tickets  = [ticket_number]
  mentions = [justification]
}

rule "azuread_privileged_access_group_eligibility_schedule" {
  grant "additive" {
    principals = [principal_id]
    actions    = ["group:${assignment_type}"]
    resources  = [group_id]
    assignment = "eligible"
  }
  tickets  = [ticket_number]
  mentions = [justification]
}

rule "azuread_group_role_management_policy" {
  limit "activation_rules" {
    value = activation_rules
  }
  limit "active_assignment_rules" {
    value = active_assignment_rules
  }
  limit "eligible_assignment_rules" {
    value = eligible_assignment_rules
  }
  # What a role has before: activation asks for a justification, active assignments end.
  # https://learn.microsoft.com/entra/id-governance/privileged-identity-management/groups-role-settings
  limit "justified_activation" {
    value   = activation_rules[0].require_justification != false
    tight   = true
    default = true
  }
  limit "ending_assignments" {
    value   = active_assignment_rules[0].expiration_required != false
    tight   = true
    default = true
  }
}
