# Existing managed identities that are handed to something that runs, or that a service acts as: whoever controls the
# thing acts as its identity, though no assignment changes. The right to do so is
# `Microsoft.ManagedIdentity/userAssignedIdentities/assign/action`. Source: every argument that takes a user-assigned
# identity in the provider's schema, hashicorp/azurerm 4.55.
# https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview

uses "azurerm_*" {
  identities = ["azurerm_user_assigned_identity"]
  attributes = [
    "identity_ids", "identity_id", "identity.identity_id", "user_assigned_identity_id", "user_assigned_identity",
    "primary_user_assigned_identity", "primary_user_assigned_identity_id", "geo_backup_user_assigned_identity_id",
    "storage_user_assigned_identity_id", "key_vault_user_assigned_identity_id", "key_vault_reference_identity_id",
    "key_vault_managed_identity_id", "managed_identity_id", "managed_identity_resource_id", "msi_resource_id",
    "microsoft_app_msi_id", "delegated_managed_identity_resource_id", "storage_account_node_identity",
    "registry.identity", "secret.identity", "certificate_key_vault.identity", "custom.identity",
  ]
  grant "additive" {
    when       = !contains(["System", "system", "[system]", "SystemAssigned", "SystemAssignedIdentity"], each)
    principals = ["Service:${type}"]
    actions    = ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"]
    resources  = [each]
  }
}

uses "azurerm_kusto_cluster_customer_managed_key" {
  identities = ["azurerm_user_assigned_identity"]
  attributes = ["user_identity"]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"]
    resources  = [each]
  }
}

# Types that are not in the schema at hand, from the provider's documentation.
uses "azurerm_data_factory" "azurerm_data_factory_credential_user_managed_identity" "azurerm_data_factory_customer_managed_key" "azurerm_data_protection_backup_vault" "azurerm_data_share_account" "azurerm_cognitive_account_connection_account_managed_identity" {
  identities = ["azurerm_user_assigned_identity"]
  attributes = ["identity_ids", "identity_id", "user_assigned_identity_id"]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"]
    resources  = [each]
  }
}

# The same by client id, which is not a path.
uses "azurerm_*" {
  identities = ["azurerm_user_assigned_identity"]
  attributes = [
    "identity_client_id", "key_vault_identity_client_id", "ssl_keyvault_identity_client_id",
    "user_assigned_identity_client_id", "container_registry_managed_identity_client_id",
    "acr_user_managed_identity_client_id", "kubelet_identity.client_id", "managed_identity.client_id",
    "script_uri_managed_identity.client_id", "error_blob_managed_identity.client_id",
    "output_blob_managed_identity.client_id",
  ]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"]
    resources  = ["client:${each}"]
  }
}
