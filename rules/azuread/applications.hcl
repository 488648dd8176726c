# Applications: what they ask for, who owns them, and what makes a secret for one.
#
# What an application asks for is given by a consent or an assignment, which are types of their own; here it is a
# request that an administrator may grant by a click, so it is judged as the same words with `requested:` before.

rule "azuread_application" {
  subject = "workload"
  identity {
    client_id = display_name
    object_id = display_name
    id        = display_name
  }
  grant "additive" {
    for_each   = required_resource_access
    principals = [self.client_id]
    actions    = ["requested:${each.resource_access[*].id}"]
    resources  = [each.resource_app_id]
  }
  grant "exclusive" {
    when       = owners[0] != null
    principals = owners
    actions    = ["application:owner"]
    resources  = [self.object_id]
  }
  grant "credential" {
    subject    = "workload"
    for_each   = password
    principals = [self.client_id]
    ttl        = seconds_until(each.end_date)
  }
  harmless = [
    "feature_tags", "logo_image", "marketing_url", "notes", "privacy_statement_url", "service_management_reference", "support_url",
    "tags", "terms_of_service_url",
  ]
  # Who receives tokens, who may sign in from elsewhere, and who counts as the application itself.
  grant "trust" {
    for_each   = concat(web, single_page_application, public_client)
    when       = each.redirect_uris[0] != null
    principals = each.redirect_uris
    actions    = ["receive-tokens"]
    resources  = [self.client_id]
  }
  grant "trust" {
    when       = sign_in_audience != null && sign_in_audience != "AzureADMyOrg"
    principals = ["audience:${sign_in_audience}"]
    actions    = ["sign-in"]
    resources  = [self.client_id]
  }
  grant "exclusive" {
    when       = api[0].known_client_applications[0] != null
    principals = api[0].known_client_applications
    actions    = ["application:known-client"]
    resources  = [self.client_id]
  }
  limit "mapped_claims_enabled" {
    value       = api[0].mapped_claims_enabled
    tight       = false
    with_object = true
  }
}

rule "azuread_application_registration" {
  subject = "workload"
  identity {
    client_id = display_name
    object_id = display_name
    id        = display_name
  }
  grant "trust" {
    when       = sign_in_audience != null && sign_in_audience != "AzureADMyOrg"
    principals = ["audience:${sign_in_audience}"]
    actions    = ["sign-in"]
    resources  = [self.client_id]
  }
}

rule "azuread_application_api_access" {
  grant "additive" {
    inexact = true
    when       = role_ids[0] != null
    principals = [application_id]
    actions    = ["requested:${role_ids}"]
    resources  = [api_client_id]
  }
  grant "additive" {
    inexact = true
    when       = scope_ids[0] != null
    principals = [application_id]
    actions    = ["requested:${scope_ids}"]
    resources  = [api_client_id]
  }
}

# No consent is asked of a client that is authorized beforehand.
rule "azuread_application_pre_authorized" {
  grant "additive" {
    principals = [authorized_client_id]
    actions    = ["delegated:${permission_ids}"]
    resources  = [application_id]
  }
}

rule "azuread_application_known_clients" {
  grant "exclusive" {
    principals = known_client_ids
    actions    = ["application:known-client"]
    resources  = [application_id]
  }
}

rule "azuread_application_owner" {
  grant "additive" {
    principals = [owner_object_id]
    actions    = ["application:owner"]
    resources  = [application_id]
  }
}

# The identity is that of the application, which `client_id` names: anybody's, and one with `use_existing`.
rule "azuread_service_principal" {
  subject = "workload"
  takes_over = true
  identity {
    object_id = "${client_id}"
    id        = "${client_id}"
  }
  grant "exclusive" {
    when       = owners[0] != null
    principals = owners
    actions    = ["service-principal:owner"]
    resources  = [self.object_id]
  }
  limit "app_role_assignment_required" {
    value = app_role_assignment_required
    tight = true
  }
  harmless = ["alternative_names", "feature_tags", "features", "login_url", "notes", "notification_email_addresses", "tags"]
  # One that is switched off does nothing with what it was given.
  limit "account_disabled" {
    value       = account_enabled
    tight       = false
    with_object = true
  }
}

rule "azuread_application_federated_identity_credential" {
  grant "trust" {
    principals = ["${issuer}#${subject}"]
    actions    = ["federate:${audiences}"]
    resources  = [application_id]
  }
  harmless = ["display_name"]
}

rule "azuread_application_flexible_federated_identity_credential" {
  grant "trust" {
    principals = ["${issuer}#${claims_matching_expression}"]
    actions    = ["federate:${audience}"]
    resources  = [application_id]
  }
  harmless = ["display_name"]
}

# Without an end, a secret lives as long as the service lets it.
rule "azuread_application_password" "azuread_application_certificate" {
  grant "credential" {
    subject    = "workload"
    principals = [application_id]
    ttl        = coalesce(seconds(end_date_relative), seconds_until(end_date))
  }
  harmless = ["display_name"]
}

rule "azuread_service_principal_password" "azuread_service_principal_certificate" {
  grant "credential" {
    subject    = "workload"
    principals = [service_principal_id]
    ttl        = coalesce(seconds(end_date_relative), seconds_until(end_date))
  }
  harmless = ["display_name"]
}

# Signs the tokens that others believe.
rule "azuread_service_principal_token_signing_certificate" {
  grant "credential" {
    principals = [service_principal_id]
    ttl        = seconds_until(end_date)
  }
}

rule "azuread_synchronization_secret" {
  grant "credential" {
    principals = [service_principal_id]
  }
}

# Users and guests.
rule "azuread_user" {
  subject = "human"
  identity {
    object_id           = user_principal_name
    id                  = user_principal_name
    user_principal_name = user_principal_name
  }
  grant "credential" {
    subject    = "human"
    principals = [user_principal_name]
  }
  harmless = [
    "about_me", "age_group", "consent_provided_for_minor", "cost_center", "division", "employee_hire_date", "im_addresses",
    "show_in_address_list",
  ]
  # Whom a federated directory knows by this name signs in as the user.
  grant "trust" {
    when       = onpremises_immutable_id != null && onpremises_immutable_id != ""
    principals = ["federated:${onpremises_immutable_id}"]
    actions    = ["sign-in"]
    resources  = [user_principal_name]
  }
  # One that is switched off does nothing with what it was given.
  limit "account_disabled" {
    value       = account_enabled
    tight       = false
    with_object = true
  }
  limit "password_policy" {
    value       = [disable_strong_password, disable_password_expiration]
    tight       = [false, false]
    with_object = true
  }
}

rule "azuread_invitation" {
  subject = "human"
  identity {
    user_id = user_email_address
  }
  grant "trust" {
    principals = [user_email_address]
    actions    = ["guest:${coalesce(user_type, "Guest")}"]
    resources  = ["/"]
  }
}

# Redirecting, claims and identifiers decide who gets a token, and whose.
rule "azuread_application_redirect_uris" {
  grant "trust" {
    principals = [redirect_uris]
    actions    = ["receive-tokens"]
    resources  = [application_id]
  }
}

rule "azuread_claims_mapping_policy" {
  limit "definition" {
    value = definition
  }
  harmless = ["display_name"]
}

rule "azuread_service_principal_claims_mapping_policy_assignment" {
  limit "policy" {
    value = claims_mapping_policy_id
  }
}
