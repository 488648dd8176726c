# Azure by its API, https://registry.terraform.io/providers/Azure/azapi
#
# A body is sent as it stands to any type of Azure, role assignments among them. Its types are few, and none says what a
# body gives, so each is approved by name on its address.
pack "azapi" {
  sources = ["azure/azapi"]
  prefix  = "azapi_"
  dialect = "azure"
}

rule "azapi_resource" {
  grant "opaque" {
    reason = "makes a resource of any type, role assignments among them, from a body that no rule reads"
  }
}

rule "azapi_update_resource" {
  grant "opaque" {
    reason = "changes a resource of any type, role assignments among them, by a body that no rule reads"
  }
}

rule "azapi_resource_action" {
  grant "opaque" {
    reason = "calls any action of Azure, such as one that lists keys or runs a command"
  }
}

rule "azapi_data_plane_resource" {
  grant "opaque" {
    reason = "makes an object within a service from a body that no rule reads"
  }
}

uses "azapi_*" {
  identities = ["azurerm_user_assigned_identity"]
  attributes = ["identity_ids"]
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"]
    resources  = [each]
  }
}

acts {
  azapi_resource_action = "calls any action of Azure while planning"
}
