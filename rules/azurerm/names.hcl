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
  identity {
    id = "${local.group}/providers/Microsoft.ContainerRegistry/registries/${name}"
  }
}

rule "azurerm_kubernetes_cluster" {
  identity {
    id = "${local.group}/providers/Microsoft.ContainerService/managedClusters/${name}"
  }
}

rule "azurerm_servicebus_namespace" {
  identity {
    id = "${local.group}/providers/Microsoft.ServiceBus/namespaces/${name}"
  }
}

rule "azurerm_eventhub_namespace" {
  identity {
    id = "${local.group}/providers/Microsoft.EventHub/namespaces/${name}"
  }
}

rule "azurerm_cosmosdb_account" {
  identity {
    id = "${local.group}/providers/Microsoft.DocumentDB/databaseAccounts/${name}"
  }
}

rule "azurerm_app_configuration" {
  identity {
    id = "${local.group}/providers/Microsoft.AppConfiguration/configurationStores/${name}"
  }
}

rule "azurerm_cognitive_account" {
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
