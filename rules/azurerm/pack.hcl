# Azure, https://registry.terraform.io/providers/hashicorp/azurerm
pack "azurerm" {
  sources = ["hashicorp/azurerm"]
  prefix  = "azurerm_"
  dialect = "azure"
}

fact "subscription" {
  provider = subscription_id
  data     = { azurerm_client_config = "subscription_id" }
  default  = null
}
