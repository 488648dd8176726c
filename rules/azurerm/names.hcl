# What a reference to an object means that assignments name as scope or principal, while the plan does not know it.
# An identity that is not made yet has no object id, so the principal is its resource id.

rule "azurerm_resource_group" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${name}"
  }
}

rule "azurerm_user_assigned_identity" {
  identity {
    id           = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}"
    principal_id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}"
    client_id    = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${name}"
  }
}

rule "azurerm_container_registry" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.ContainerRegistry/registries/${name}"
  }
}

rule "azurerm_kubernetes_cluster" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.ContainerService/managedClusters/${name}"
  }
}

rule "azurerm_servicebus_namespace" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.ServiceBus/namespaces/${name}"
  }
}

rule "azurerm_eventhub_namespace" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.EventHub/namespaces/${name}"
  }
}

rule "azurerm_cosmosdb_account" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.DocumentDB/databaseAccounts/${name}"
  }
}

rule "azurerm_app_configuration" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.AppConfiguration/configurationStores/${name}"
  }
}

rule "azurerm_cognitive_account" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.CognitiveServices/accounts/${name}"
  }
}

rule "azurerm_virtual_network" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.Network/virtualNetworks/${name}"
  }
}

rule "azurerm_private_dns_zone" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.Network/privateDnsZones/${name}"
  }
}

rule "azurerm_log_analytics_workspace" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.OperationalInsights/workspaces/${name}"
  }
}

rule "azurerm_storage_account" {
  identity {
    id = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}/providers/Microsoft.Storage/storageAccounts/${name}"
  }
  limit "shared_access_key_enabled" {
    value = shared_access_key_enabled
    tight = false
  }
  limit "allow_nested_items_to_be_public" {
    value = allow_nested_items_to_be_public
    tight = false
  }
}

# A container may be read by everybody.
rule "azurerm_storage_container" {
  identity {
    id                  = "${storage_account_id}/blobServices/default/containers/${name}"
    resource_manager_id = "${storage_account_id}/blobServices/default/containers/${name}"
  }
  grant "additive" {
    when         = container_access_type == "blob"
    principals   = ["everybody"]
    data_actions = ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"]
    resources    = [coalesce("${storage_account_id}/blobServices/default/containers/${name}", "${storage_account_name}/${name}")]
  }
  grant "additive" {
    when         = container_access_type == "container"
    principals   = ["everybody"]
    data_actions = ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"]
    actions      = ["Microsoft.Storage/storageAccounts/blobServices/containers/read"]
    resources    = [coalesce("${storage_account_id}/blobServices/default/containers/${name}", "${storage_account_name}/${name}")]
  }
}
