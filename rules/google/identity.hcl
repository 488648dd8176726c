# Identities: what a reference to one means, what makes a secret for one, and who may become one.

locals {
  pool = "projects/${local.project}/locations/global/workloadIdentityPools/${workload_identity_pool_id}"
}

rule "google_service_account" {
  locals { name = "projects/${local.project}/serviceAccounts/${account_id}@${local.project}.iam.gserviceaccount.com" }
  identity {
    email  = "${account_id}@${local.project}.iam.gserviceaccount.com"
    member = "serviceAccount:${account_id}@${local.project}.iam.gserviceaccount.com"
    name   = local.name
    id     = local.name
    # A number: https://cloud.google.com/iam/docs/service-account-overview
    unique_id = generated(unique_id)
  }
  takes_over = create_ignore_already_exists == true
  harmless   = ["create_ignore_already_exists", "email", "member", "name", "unique_id"]
  # An account that exists already is adopted with all that is bound to it.
  grant "additive" {
    when       = create_ignore_already_exists == true
    principals = ["Service:${type}"]
    actions    = ["iam.serviceAccounts.actAs"]
    resources  = ["//iam.googleapis.com/projects/-/serviceAccounts/${self.email}"]
  }
  # An account that is switched off does nothing with its bindings.
  limit "disabled" {
    value       = disabled
    tight       = true
    with_object = true
  }
}

# A key never ends: there is no argument for it.
rule "google_service_account_key" {
  grant "credential" {
    subject    = "workload"
    principals = ["serviceAccount:${coalesce(split("/serviceAccounts/", service_account_id)[1], service_account_id)}"]
  }
  harmless = ["keepers"]
}

rule "google_storage_hmac_key" {
  grant "credential" {
    subject    = "workload"
    principals = ["serviceAccount:${service_account_email}"]
  }
}

# A key that is bound to a service account acts as it; another opens whatever asks for a key.
rule "google_apikeys_key" {
  grant "credential" {
    subject    = "workload"
    principals = [coalesce("serviceAccount:${service_account_email}", "apiKey:projects/${local.project}/${name}")]
  }
}

rule "google_iap_client" {
  grant "credential" {
    principals = ["oauthClient:${brand}/${display_name}"]
  }
}

rule "google_iam_oauth_client" {
  grant "trust" {
    for_each   = allowed_scopes
    principals = ["oauthClient:projects/${local.project}/${oauth_client_id}"]
    actions    = ["oauth-scope:${each}"]
  }
}

rule "google_iam_oauth_client_credential" {
  grant "credential" {
    principals = ["oauthClient:projects/${local.project}/${oauthclient}"]
  }
}

rule "google_iam_workforce_pool_provider_key" {
  grant "credential" {
    principals = ["principalSet://iam.googleapis.com/locations/${location}/workforcePools/${workforce_pool_id}/*"]
  }
}

rule "google_public_ca_external_account_key" {
  grant "credential" {
    principals = ["acmeAccount:projects/${local.project}"]
  }
}

rule "google_firebase_app_check_debug_token" {
  grant "credential" {
    principals = ["firebaseApp:projects/${local.project}/${app_id}"]
  }
}

rule "google_os_login_ssh_public_key" {
  grant "credential" {
    subject    = "human"
    principals = ["user:${user}"]
  }
}

# Who obtains an identity of the pool: whoever the issuer says, under the condition. Without a condition, everybody.
#
# The mapping says as which subject and with which attributes a token counts, so an attribute that is not just the claim
# of its name is access of its own: `sts:map:attribute.owner="acme"`.
locals {
  mapped_name  = trimprefix(split("=", each)[0], "attribute.")
  mapped_claim = "attribute.${local.mapped_name}=assertion.${local.mapped_name}"
  is_mapped    = !contains([local.mapped_claim, "google.subject=assertion.sub", "google.subject=assertion.arn"], each)
}

rule "google_iam_workload_identity_pool_provider" {
  locals {
    issuer = coalesce(
      "issuer:${oidc[0].issuer_uri}",
      "aws:${aws[0].account_id}",
      "saml:${saml[0].idp_metadata_xml}",
      "x509:${x509[0].trust_store[0].trust_anchors[*].pem_certificate}",
    )
  }
  grant "trust" {
    principals = [local.issuer]
    actions   = ["sts:exchange"]
    resources = [
      "//iam.googleapis.com/${local.pool}/providers/${workload_identity_pool_provider_id}",
    ]
    expression = attribute_condition
  }
  grant "trust" {
    for_each   = pairs(attribute_mapping)
    when       = local.is_mapped
    principals = [local.issuer]
    actions    = ["sts:map:${each}"]
    resources  = ["//iam.googleapis.com/${local.pool}/providers/${workload_identity_pool_provider_id}"]
  }
  limit "attribute_condition" {
    value = attribute_condition
  }
  limit "attribute_mapping" {
    value = attribute_mapping
  }
  limit "audiences" {
    value = oidc[0].allowed_audiences
  }
  limit "keys" {
    value = oidc[0].jwks_json
  }
  limit "disabled" {
    value = disabled
    tight = true
  }
}

rule "google_iam_workforce_pool_provider" {
  grant "trust" {
    principals = [coalesce("issuer:${oidc[0].issuer_uri}", "saml:${saml[0].idp_metadata_xml}")]
    actions    = ["sts:exchange"]
    resources  = ["//iam.googleapis.com/locations/${location}/workforcePools/${workforce_pool_id}/providers/${provider_id}"]
    expression = attribute_condition
  }
  grant "trust" {
    for_each   = pairs(attribute_mapping)
    when       = local.is_mapped
    principals = [coalesce("issuer:${oidc[0].issuer_uri}", "saml:${saml[0].idp_metadata_xml}")]
    actions    = ["sts:map:${each}"]
    resources  = ["//iam.googleapis.com/locations/${location}/workforcePools/${workforce_pool_id}/providers/${provider_id}"]
  }
  limit "attribute_condition" {
    value = attribute_condition
  }
  limit "attribute_mapping" {
    value = attribute_mapping
  }
  limit "keys" {
    value = oidc[0].jwks_json
  }
  limit "disabled" {
    value = disabled
    tight = true
  }
}

# A pool without a provider or an attestation lets nobody in, unless it trusts certificates itself.
rule "google_iam_workload_identity_pool" {
  identity {
    name = local.pool
    id   = local.pool
  }
  grant "trust" {
    for_each   = inline_trust_config[0].additional_trust_bundles
    principals = ["trustDomain:${each.trust_domain}"]
    actions    = ["sts:exchange"]
    resources  = ["//iam.googleapis.com/${local.pool}"]
  }
  limit "disabled" {
    value = disabled
    tight = true
  }
}

rule "google_iam_workload_identity_pool_managed_identity" {
  locals { identity = workload_identity_pool_managed_identity_id }
  grant "trust" {
    for_each   = attestation_rules
    principals = ["resource:${each.google_cloud_resource}"]
    actions    = ["sts:exchange"]
    resources  = [
      "//iam.googleapis.com/${local.pool}/namespaces/${workload_identity_pool_namespace_id}/managedIdentities/${local.identity}",
    ]
  }
}

rule "google_iam_workforce_pool" {
  limit "access_restrictions" {
    value = access_restrictions
  }
  limit "session_duration" {
    value = session_duration
  }
  limit "disabled" {
    value = disabled
    tight = true
  }
}

rule "google_cloud_identity_group_membership" {
  grant "additive" {
    for_each   = roles
    principals = [coalesce("member:${preferred_member_key[0].id}", "member:${member_key[0].id}")]
    roles      = ["group-role:${each.name}"]
    resources  = ["//cloudidentity.googleapis.com/${group}"]
  }
  harmless = ["create_ignore_already_exists"]
}

# Puts a service account into the place of the default ones, or gives the default ones their role again.
rule "google_project_default_service_accounts" {
  limit "action" {
    value = action
  }
}

rule "google_active_directory_domain_trust" {
  grant "trust" {
    principals = ["domain:${target_domain_name}"]
    actions    = ["trust"]
    resources  = ["//managedidentities.googleapis.com/projects/${local.project}/locations/global/domains/${domain}"]
  }
}

# Who signs in to an application.
rule "google_identity_platform_*_config" {
  grant "trust" {
    principals = ["${type}:${except("project", "client_secret")}"]
    actions    = ["sign-in"]
    resources  = ["//identitytoolkit.googleapis.com/projects/${local.project}"]
  }
}
