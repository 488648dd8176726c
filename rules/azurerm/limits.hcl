# Limits, and exceptions from them.

rule "azurerm_management_lock" {
  limit "lock_level" {
    value = [lock_level, scope]
  }
  harmless = ["notes"]
}

# What a policy refuses is a limit; what it deploys runs under an identity that has its own assignments.
rule "azurerm_management_group_policy_assignment" "azurerm_resource_group_policy_assignment" "azurerm_resource_policy_assignment" "azurerm_subscription_policy_assignment" {
  limit "policy" {
    value = [policy_definition_id, parameters, not_scopes, overrides, resource_selectors]
  }
  limit "enforce" {
    value = enforce
    tight = true
  }
}

rule "azurerm_policy_definition" {
  limit "policy_rule" {
    value = policy_rule
  }
  harmless = ["display_name", "metadata"]
}

rule "azurerm_policy_set_definition" {
  limit "policy_definitions" {
    value = [policy_definition_reference, parameters]
  }
  harmless = ["display_name", "metadata"]
}
