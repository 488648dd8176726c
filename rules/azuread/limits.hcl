# Limits.

rule "azuread_conditional_access_policy" {
  limit "state" {
    value = state
  }
  limit "conditions" {
    value = conditions
  }
  limit "grant_controls" {
    value = grant_controls
  }
  limit "session_controls" {
    value = session_controls
  }
  harmless = ["display_name"]
}

# A trusted location is what conditional access often makes an exception for.
rule "azuread_named_location" {
  grant "additive" {
    for_each   = ip
    when       = each.trusted == true
    principals = "addresses:${each.ip_ranges}"
    actions    = ["trusted-location"]
    resources  = ["/"]
  }
  limit "location" {
    value = [ip, country]
  }
  harmless = ["display_name"]
}

rule "azuread_authentication_strength_policy" {
  limit "allowed_combinations" {
    value = allowed_combinations
  }
  harmless = ["display_name"]
}
