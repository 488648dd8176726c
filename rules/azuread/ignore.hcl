# Looks like a grant and is none.

ignore {
  azuread_application_app_role               = "names a role that assignments give"
  azuread_application_permission_scope       = "names a scope that consents give"
  azuread_access_package                     = "an empty package; what it gives and who may ask are types of their own"
  azuread_access_package_catalog             = "an empty catalogue; its roles are a type of their own"
  azuread_application_fallback_public_client = "how an application signs in, not what it may do"
  azuread_application_identifier_uri         = "a name of an application"
  azuread_application_optional_claims        = "adds claims to tokens; roles and groups come from assignments"
  azuread_application_from_template          = "an application without assignments"
  azuread_user_flow_attribute                = "a field of a form"
}

ignore "azuread_synchronization_job*" { reason = "copies users and groups to another directory; it gives none here" }
