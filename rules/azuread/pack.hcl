# Microsoft Entra ID, https://registry.terraform.io/providers/hashicorp/azuread
#
# Words: a directory role, an application role or a role in a catalogue by name or identifier among `roles`;
# `delegated:SCOPE` among `actions` for what an application does in a user's name; `group:member` and `group:owner`,
# `application:owner` for what owns or is in something. An object that is not made yet goes by its display name.
pack "azuread" {
  sources = ["hashicorp/azuread"]
  prefix  = "azuread_"
  dialect = "azuread"
  harmless = ["description", "timeouts"]
  secrets = ["encrypted_secret", "password", "private_key", "secret", "value"]
}

fact "tenant" {
  provider = tenant_id
  data     = { azuread_client_config = "tenant_id" }
  default  = null
}
