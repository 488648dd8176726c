# Who may call an application, an API or a network.

# The checks in front of an application, and passwords with which it is published.
template "web" {
  limit "auth_settings" {
    value       = [auth_settings, auth_settings_v2]
    with_object = true
  }
  limit "client_certificate" {
    value = [
      client_certificate_enabled, client_certificate_mode, client_certificate_exclusion_paths, client_cert_enabled,
      client_cert_mode,
    ]
    with_object = true
  }
  limit "ftp_publish_basic_authentication_enabled" {
    value       = ftp_publish_basic_authentication_enabled
    tight       = false
    with_object = true
  }
  limit "webdeploy_publish_basic_authentication_enabled" {
    value       = coalesce(webdeploy_publish_basic_authentication_enabled, scm_publish_basic_authentication_enabled)
    tight       = false
    with_object = true
  }
}

rule "azurerm_app_service" "azurerm_app_service_slot" "azurerm_function_app" "azurerm_function_app_slot" {
  templates = ["web"]
}

rule "azurerm_linux_web_app" "azurerm_linux_web_app_slot" "azurerm_windows_web_app" "azurerm_windows_web_app_slot" {
  templates = ["web"]
}

rule "azurerm_linux_function_app" "azurerm_linux_function_app_slot" "azurerm_windows_function_app" {
  templates = ["web"]
}

rule "azurerm_windows_function_app_slot" "azurerm_function_app_flex_consumption" "azurerm_logic_app_standard" {
  templates = ["web"]
}

rule "azurerm_logic_app_workflow" {
  limit "access_control" {
    value       = access_control
    with_object = true
  }
}

rule "azurerm_api_management" {
  locals { id = "${local.group}/providers/Microsoft.ApiManagement/service/${name}" }
  identity {
    id = local.id
  }
  # Keys with which the whole service is managed.
  grant "credential" {
    when       = tenant_access[0].enabled == true
    principals = ["apim-management:${local.id}"]
  }
  limit "client_certificate_enabled" {
    value       = client_certificate_enabled
    tight       = true
    with_object = true
  }
  limit "sign_in" {
    value       = sign_in[0].enabled
    tight       = true
    with_object = true
  }
  limit "policy" {
    value       = policy
    with_object = true
  }
  harmless = [
    "additional_location", "min_api_version", "notification_sender_email", "protocols", "public_ip_address_id",
    "public_network_access_enabled", "publisher_email", "publisher_name", "security", "sku_name",
    "virtual_network_configuration", "virtual_network_type", "zones",
  ]
}

rule "azurerm_api_management_api" {
  limit "subscription_required" {
    value       = subscription_required
    tight       = true
    with_object = true
  }
  limit "authorization" {
    value       = [oauth2_authorization, openid_authentication]
    with_object = true
  }
}

rule "azurerm_api_management_product" {
  limit "subscription_required" {
    value       = subscription_required
    tight       = true
    with_object = true
  }
  limit "approval_required" {
    value       = approval_required
    tight       = true
    with_object = true
  }
}

rule "azurerm_attestation_provider" {
  limit "policies" {
    value = [
      open_enclave_policy_base64, sev_snp_policy_base64, sgx_enclave_policy_base64, tpm_policy_base64,
      policy_signing_certificate_data,
    ]
  }
}

# Who may dial in: whoever has a certificate of these authorities, an account of this tenant, or a login at this server.
rule "azurerm_vpn_server_configuration" {
  locals { id = "${local.group}/providers/Microsoft.Network/vpnServerConfigurations/${name}" }
  grant "trust" {
    for_each   = client_root_certificate
    principals = ["certificates:${each.public_cert_data}"]
    actions    = ["vpn:connect"]
    resources  = [local.id]
  }
  grant "trust" {
    for_each   = azure_active_directory_authentication
    principals = ["issuer:${each.issuer}#${each.audience}"]
    actions    = ["vpn:connect"]
    resources  = [local.id]
  }
  grant "trust" {
    for_each   = radius[0].server
    principals = ["radius:${each.address}"]
    actions    = ["vpn:connect"]
    resources  = [local.id]
  }
  limit "client_revoked_certificate" {
    value       = client_revoked_certificate
    with_object = true
  }
}

rule "azurerm_virtual_network_gateway" {
  locals {
    id     = "${local.group}/providers/Microsoft.Network/virtualNetworkGateways/${name}"
    client = vpn_client_configuration[0]
  }
  grant "trust" {
    for_each   = local.client.root_certificate
    principals = ["certificates:${each.public_cert_data}"]
    actions    = ["vpn:connect"]
    resources  = [local.id]
  }
  grant "trust" {
    when       = local.client.aad_issuer != null
    principals = ["issuer:${local.client.aad_issuer}#${local.client.aad_audience}"]
    actions    = ["vpn:connect"]
    resources  = [local.id]
  }
  grant "trust" {
    when       = local.client.radius_server_address != null
    principals = ["radius:${local.client.radius_server_address}"]
    actions    = ["vpn:connect"]
    resources  = [local.id]
  }
  grant "trust" {
    for_each   = local.client.radius_server
    principals = ["radius:${each.address}"]
    actions    = ["vpn:connect"]
    resources  = [local.id]
  }
  limit "revoked_certificate" {
    value       = local.client.revoked_certificate
    with_object = true
  }
  harmless = ["active_active", "bgp_settings", "custom_route", "dns_forwarding_enabled", "enable_bgp", "ip_configuration", "sku"]
}

# A subscription inherits the assignments and the policies of its management group.
rule "azurerm_management_group" {
  grant "additive" {
    for_each   = subscription_ids
    principals = ["managementGroup:${coalesce(name, display_name)}"]
    actions    = ["management-group:member"]
    resources  = ["/subscriptions/${each}"]
  }
  limit "subscription_ids" {
    value = subscription_ids
  }
  limit "parent_management_group_id" {
    value = parent_management_group_id
  }
  harmless = ["display_name"]
}

rule "azurerm_management_group_subscription_association" {
  grant "additive" {
    principals = ["managementGroup:${management_group_id}"]
    actions    = ["management-group:member"]
    resources  = [subscription_id]
  }
  limit "subscription_id" {
    value = [management_group_id, subscription_id]
  }
}

rule "azurerm_management_group_policy_set_definition" {
  limit "policy_definitions" {
    value = [policy_definition_reference, parameters]
  }
}
