# Looks like a grant and is none.

ignore "azuread_application_app_role" {
  reason = "names a role that assignments give"
}

ignore "azuread_application_permission_scope" {
  reason = "names a scope that consents give"
}

ignore "azuread_access_package" {
  reason = "an empty package; what it gives and who may ask are types of their own"
}

ignore "azuread_access_package_catalog" {
  reason = "an empty catalogue; its roles are a type of their own"
}

ignore "azuread_application_fallback_public_client" {
  reason = "how an application signs in, not what it may do"
}

ignore "azuread_application_identifier_uri" {
  reason = "a name of an application"
}

ignore "azuread_application_optional_claims" {
  reason = "adds claims to tokens; roles and groups come from assignments"
}

ignore "azuread_application_from_template" {
  reason = "an application without assignments"
}

ignore "azuread_synchronization_job*" {
  reason = "copies users and groups to another directory; it gives none here"
}

ignore "azuread_user_flow_attribute" {
  reason = "a field of a form"
}
