# Secrets, and who may become an identity.

# A workload of another issuer becomes the identity.
rule "azurerm_federated_identity_credential" {
  grant "trust" {
    principals = ["${issuer}#${subject}"]
    actions    = ["federate:${audience}"]
    resources  = [parent_id]
  }
}

# Shared access keys of queues, hubs and relays: whoever knows one does what the rule says, for ever.
rule "azurerm_*_authorization_rule" "azurerm_*_shared_access_policy" {
  grant "credential" {
    principals = ["${type}:${except("tags")}"]
  }
}

rule "azurerm_*_circuit_authorization" "azurerm_express_route_port_authorization" {
  grant "credential" {
    principals = ["${type}:${except("tags")}"]
  }
}

rule "azurerm_application_insights_api_key" {
  grant "credential" {
    principals = ["${application_insights_id}/${name}"]
  }
}

rule "azurerm_container_registry_token" {
  grant "additive" {
    role_kind = "azurerm_container_registry_scope_map"
    principals = ["registryToken:${local.group}/providers/Microsoft.ContainerRegistry/registries/${container_registry_name}/tokens/${name}"]
    roles      = [scope_map_id]
    resources  = ["${local.group}/providers/Microsoft.ContainerRegistry/registries/${container_registry_name}"]
  }
}

rule "azurerm_container_registry_scope_map" {
  identity {
    id = "${local.group}/providers/Microsoft.ContainerRegistry/registries/${container_registry_name}/scopeMaps/${name}"
  }
  grant "definition" {
    defines = "azurerm_container_registry_scope_map"
    names        = [self.id]
    data_actions = ["registry:${actions}"]
    resources    = ["${local.group}/providers/Microsoft.ContainerRegistry/registries/${container_registry_name}"]
  }
}

rule "azurerm_container_registry_token_password" {
  grant "credential" {
    principals = ["registryToken:${container_registry_token_id}"]
    ttl        = seconds_until(password1[0].expiry)
  }
  grant "credential" {
    when       = password2[0] != null
    principals = ["registryToken:${container_registry_token_id}"]
    ttl        = seconds_until(password2[0].expiry)
  }
}

rule "azurerm_managed_disk_sas_token" {
  grant "credential" {
    principals = ["disk:${managed_disk_id}:${access_level}"]
    ttl        = duration_in_seconds
  }
}

rule "azurerm_key_vault_managed_storage_account_sas_token_definition" {
  grant "credential" {
    principals = ["storage:${managed_storage_account_id}:${sas_type}"]
  }
}

rule "azurerm_key_vault_managed_storage_account" {
  grant "credential" {
    principals = ["storage:${storage_account_id}"]
  }
}

rule "azurerm_nginx_api_key" {
  grant "credential" {
    principals = ["${nginx_deployment_id}/${name}"]
    ttl        = seconds_until(end_date_time)
  }
}

rule "azurerm_api_management_subscription" {
  grant "credential" {
    principals = ["apim:${api_management_name}:${coalesce(product_id, api_id, "all-apis")}"]
  }
  harmless = ["allow_tracing", "display_name"]
}

rule "azurerm_api_management_user" {
  grant "credential" {
    principals = ["apim:${api_management_name}:${user_id}"]
  }
  harmless = ["note"]
}

rule "azurerm_vmware_express_route_authorization" {
  grant "credential" {
    principals = ["${private_cloud_id}/${name}"]
  }
}

rule "azurerm_active_directory_domain_service_trust" {
  grant "trust" {
    principals = ["domain:${trusted_domain_fqdn}"]
    actions    = ["trust"]
    resources  = [domain_service_id]
  }
}

# Secrets that the platform keeps to act elsewhere.
rule "azurerm_automation_credential" {
  grant "credential" {
    principals = ["${automation_account_name}:${username}"]
  }
}

rule "azurerm_mssql_job_credential" {
  grant "credential" {
    principals = ["${job_agent_id}:${username}"]
  }
}

rule "azurerm_app_service_source_control_token" "azurerm_source_control_token" {
  grant "credential" {
    principals = ["sourceControl:${except("token", "token_secret")}"]
  }
}

rule "azurerm_shared_image_gallery" {
  grant "additive" {
    when       = sharing[0].permission == "Community"
    principals = ["everybody"]
    actions    = ["Microsoft.Compute/galleries/read"]
    resources  = ["${local.group}/providers/Microsoft.Compute/galleries/${name}"]
  }
  harmless = ["location"]
}

# Who signs in to an API portal.
rule "azurerm_api_management_identity_provider_*" {
  grant "trust" {
    principals = ["${type}:${coalesce(client_id, app_id)}"]
    actions    = ["sign-in"]
    resources  = ["${local.group}/providers/Microsoft.ApiManagement/service/${api_management_name}"]
  }
}
