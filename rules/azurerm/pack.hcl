# Azure, https://registry.terraform.io/providers/hashicorp/azurerm
pack "azurerm" {
  sources = ["hashicorp/azurerm"]
  prefix  = "azurerm_"
  dialect = "azure"
  harmless = ["description", "tags", "timeouts"]
  secrets = ["encrypted_secret", "password", "private_key", "secret", "value"]
}

fact "subscription" {
  provider = subscription_id
  data     = { azurerm_client_config = "subscription_id" }
  default  = null
  managed "azurerm_resource_group" {
    value = split("/", id)[2]
  }
}

locals {
  group = "/subscriptions/${fact.subscription}/resourceGroups/${resource_group_name}"
}
