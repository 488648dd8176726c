# Roles, and who holds them: https://learn.microsoft.com/azure/role-based-access-control/

rule "azurerm_role_assignment" {
  # Azure refuses an assignment whose principal is of another type: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting
  locals {
    subject    = principal_type == "User" ? "human" : (principal_type == "Group" ? "group" : (principal_type == "ServicePrincipal" ? "workload" : null))
    expression = condition_version == null || condition_version == "2.0" ? condition : "${condition} (version ${condition_version})"
  }
  grant "additive" {
    configured = "role_definition_name"
    principals = [principal_id]
    subject    = local.subject
    roles      = [role_definition_name]
    resources  = [scope]
    expression = local.expression
  }
  grant "additive" {
    configured = "role_definition_id"
    principals = [principal_id]
    subject    = local.subject
    roles      = [role_definition_id]
    role_kind = "azurerm_role_definition"
    resources  = [scope]
    expression = local.expression
  }
  harmless = ["skip_service_principal_aad_check"]
}

# At the root of the tenant, where the marketplace is.
rule "azurerm_marketplace_role_assignment" {
  locals {
    expression = condition_version == null || condition_version == "2.0" ? condition : "${condition} (version ${condition_version})"
  }
  grant "additive" {
    configured = "role_definition_name"
    principals = [principal_id]
    roles      = [role_definition_name]
    resources  = ["/providers/Microsoft.Marketplace"]
    expression = local.expression
  }
  grant "additive" {
    configured = "role_definition_id"
    principals = [principal_id]
    roles      = [role_definition_id]
    role_kind = "azurerm_role_definition"
    resources  = ["/providers/Microsoft.Marketplace"]
    expression = local.expression
  }
  harmless = ["skip_service_principal_aad_check"]
}

# While its identifier is not known, a role is what its name says.
rule "azurerm_role_definition" {
  identity {
    id                          = name
    role_definition_id          = name
    role_definition_resource_id = name
  }
  grant "definition" {
    defines = "azurerm_role_definition"
    identifiers = ["role_definition_id", "role_definition_resource_id"]
    global_names = true
    for_each         = permissions
    names            = [name, self.role_definition_id, self.role_definition_resource_id]
    actions          = each.actions
    not_actions      = each.not_actions
    data_actions     = each.data_actions
    not_data_actions = each.not_data_actions
    resources        = [scope]
  }
}

rule "azurerm_pim_eligible_role_assignment" {
  grant "additive" {
    principals = [principal_id]
    roles      = [role_definition_id]
    role_kind = "azurerm_role_definition"
    resources  = [scope]
    expression = condition_version == null || condition_version == "2.0" ? condition : "${condition} (version ${condition_version})"
    assignment = "eligible"
  }
  tickets  = [ticket[0].number]
  mentions = [justification]
}

# Active for a time; without an end it is as good as permanent.
rule "azurerm_pim_active_role_assignment" {
  grant "additive" {
    principals = [principal_id]
    roles      = [role_definition_id]
    role_kind = "azurerm_role_definition"
    resources  = [scope]
    assignment = schedule[0].expiration[0] == null ? null : "active"
  }
  tickets  = [ticket[0].number]
  mentions = [justification]
}

rule "azurerm_role_management_policy" {
  limit "activation_rules" {
    value = activation_rules
  }
  limit "active_assignment_rules" {
    value = active_assignment_rules
  }
  limit "eligible_assignment_rules" {
    value = eligible_assignment_rules
  }
  limit "notification_rules" {
    value = notification_rules
  }
  # What a role has before: activation asks for a justification, active assignments end.
  # https://learn.microsoft.com/entra/id-governance/privileged-identity-management/pim-resource-roles-configure-role-settings
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

# Somebody else's tenant. The definition says whom and what, the assignment says where.
rule "azurerm_lighthouse_definition" {
  grant "additive" {
    for_each   = authorization
    principals = ["${managing_tenant_id}/${each.principal_id}"]
    roles      = concat([each.role_definition_id], each.delegated_role_definition_ids)
    resources  = [scope]
  }
  grant "additive" {
    for_each   = eligible_authorization
    principals = ["${managing_tenant_id}/${each.principal_id}"]
    roles      = [each.role_definition_id]
    resources  = [scope]
    assignment = "eligible"
  }
}

rule "azurerm_lighthouse_assignment" {
  grant "additive" {
    principals = [lighthouse_definition_id]
    roles      = ["lighthouse"]
    resources  = [scope]
  }
}

# Clusters and their guests.
rule "azurerm_kubernetes_cluster_trusted_access_role_binding" {
  grant "additive" {
    principals = [source_resource_id]
    roles      = roles
    resources  = [kubernetes_cluster_id]
  }
}
