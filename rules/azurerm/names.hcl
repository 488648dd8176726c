# What a reference to an object means that assignments name as scope or principal, while the plan does not know it.
# An identity that is not made yet has no object id, so the principal is its resource id.

rule "azurerm_resource_group" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${name}"
  }
}

rule "azurerm_user_assigned_identity" {
  locals { id = "${local.group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}" }
  identity {
    id           = local.id
    principal_id = local.id
    client_id    = local.id
  }
}

rule "azurerm_container_registry" {
  locals { id = "${local.group}/providers/Microsoft.ContainerRegistry/registries/${name}" }
  identity {
    id = local.id
  }
  grant "additive" {
    when         = anonymous_pull_enabled == true
    principals   = ["everybody"]
    data_actions = ["registry:content/read"]
    resources    = [local.id]
  }
  # A password of the registry itself, with every right.
  grant "credential" {
    when       = admin_enabled == true
    principals = ["registryAdministrator:${local.id}"]
  }
  limit "trust_policy_enabled" {
    value       = [trust_policy_enabled, quarantine_policy_enabled]
    with_object = true
  }
  limit "export_policy_enabled" {
    value       = export_policy_enabled
    tight       = false
    with_object = true
  }
  harmless = [
    "data_endpoint_enabled", "georeplications", "network_rule_set", "public_network_access_enabled",
    "retention_policy_in_days", "sku", "zone_redundancy_enabled",
  ]
}

rule "azurerm_servicebus_namespace" {
  templates = ["local_authentication"]
  identity {
    id = "${local.group}/providers/Microsoft.ServiceBus/namespaces/${name}"
  }
}

rule "azurerm_eventhub_namespace" {
  templates = ["local_authentication"]
  identity {
    id = "${local.group}/providers/Microsoft.EventHub/namespaces/${name}"
  }
}

rule "azurerm_cosmosdb_account" {
  templates = ["local_authentication"]
  identity {
    id = "${local.group}/providers/Microsoft.DocumentDB/databaseAccounts/${name}"
  }
}

rule "azurerm_app_configuration" {
  templates = ["local_authentication"]
  identity {
    id = "${local.group}/providers/Microsoft.AppConfiguration/configurationStores/${name}"
  }
}

rule "azurerm_cognitive_account" {
  templates = ["local_authentication"]
  identity {
    id = "${local.group}/providers/Microsoft.CognitiveServices/accounts/${name}"
  }
}

rule "azurerm_virtual_network" {
  identity {
    id = "${local.group}/providers/Microsoft.Network/virtualNetworks/${name}"
  }
}

rule "azurerm_private_dns_zone" {
  identity {
    id = "${local.group}/providers/Microsoft.Network/privateDnsZones/${name}"
  }
}

rule "azurerm_log_analytics_workspace" {
  templates = ["local_authentication"]
  identity {
    id = "${local.group}/providers/Microsoft.OperationalInsights/workspaces/${name}"
  }
}

rule "azurerm_storage_account" {
  identity {
    id = "${local.group}/providers/Microsoft.Storage/storageAccounts/${name}"
  }
  limit "shared_access_key_enabled" {
    value = shared_access_key_enabled
    tight = false
  }
  limit "allow_nested_items_to_be_public" {
    value = allow_nested_items_to_be_public
    tight = false
  }
  harmless = ["access_tier", "account_replication_type", "account_tier", "custom_domain", "large_file_share_enabled", "routing"]
  limit "local_user_enabled" {
    value       = local_user_enabled
    tight       = false
    with_object = true
  }
  limit "cross_tenant_replication_enabled" {
    value       = cross_tenant_replication_enabled
    tight       = false
    with_object = true
  }
  # What everybody of the directory may do on every share.
  grant "additive" {
    for_each   = azure_files_authentication
    when       = each.default_share_level_permission != null && each.default_share_level_permission != "None"
    principals = ["everybody-of-the-directory"]
    roles      = [each.default_share_level_permission]
    resources  = ["${local.group}/providers/Microsoft.Storage/storageAccounts/${name}/fileServices/default"]
  }
}

# A container may be read by everybody.
rule "azurerm_storage_container" {
  locals {
    resources = [coalesce("${storage_account_id}/blobServices/default/containers/${name}", "${storage_account_name}/${name}")]
  }
  identity {
    id                  = "${storage_account_id}/blobServices/default/containers/${name}"
    resource_manager_id = "${storage_account_id}/blobServices/default/containers/${name}"
  }
  grant "additive" {
    when         = container_access_type == "blob"
    principals   = ["everybody"]
    data_actions = ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"]
    resources    = local.resources
  }
  grant "additive" {
    when         = container_access_type == "container"
    principals   = ["everybody"]
    data_actions = ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"]
    actions      = ["Microsoft.Storage/storageAccounts/blobServices/containers/read"]
    resources    = local.resources
  }
  harmless = ["metadata"]
}

# https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations: the providers of each kind.
rule "azurerm_network_security_group" {
  identity {
    id = "${local.group}/providers/Microsoft.Network/networkSecurityGroups/${name}"
  }
}

rule "azurerm_public_ip" {
  identity {
    id = "${local.group}/providers/Microsoft.Network/publicIPAddresses/${name}"
  }
}

rule "azurerm_service_plan" {
  identity {
    id = "${local.group}/providers/Microsoft.Web/serverFarms/${name}"
  }
}

rule "azurerm_data_factory" {
  identity {
    id = "${local.group}/providers/Microsoft.DataFactory/factories/${name}"
  }
}

rule "azurerm_dns_zone" {
  identity {
    id = "${local.group}/providers/Microsoft.Network/dnsZones/${name}"
  }
}

rule "azurerm_container_app_environment" {
  identity {
    id = "${local.group}/providers/Microsoft.App/managedEnvironments/${name}"
  }
}

rule "azurerm_recovery_services_vault" {
  identity {
    id = "${local.group}/providers/Microsoft.RecoveryServices/vaults/${name}"
  }
}

rule "azurerm_subnet" {
  identity {
    id = "${local.group}/providers/Microsoft.Network/virtualNetworks/${virtual_network_name}/subnets/${name}"
  }
}

rule "azurerm_servicebus_queue" {
  identity {
    id = "${namespace_id}/queues/${name}"
  }
}

rule "azurerm_servicebus_topic" {
  identity {
    id = "${namespace_id}/topics/${name}"
  }
}
