# Data sources that make a secret while planning.

acts {
  azurerm_eventhub_sas                       = "signs a token of an event hub while planning"
  azurerm_storage_account_sas                = "signs an address of a storage account while planning"
  azurerm_storage_account_blob_container_sas = "signs an address of a container while planning"
}
