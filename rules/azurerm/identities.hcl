# User-assigned managed identities by resource ID, wherever an object of any provider holds one and no rule reads it.
# Source: Azure's documentation, "Manage user-assigned managed identities" (characters of names).
identity_pattern {
  pattern = "(?i-u)/subscriptions/[0-9a-f-]{36}/resourcegroups/[0-9A-Za-z_.()-]+/providers/microsoft[.]managedidentity/userassignedidentities/[0-9A-Za-z_-]+"
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"]
    resources  = [each]
  }
}
