# A key or a password of the service itself opens it past Entra. Switching these on again widens.

template "local_authentication" {
  limit "local_authentication_enabled" {
    value       = coalesce(local_authentication_enabled, local_auth_enabled)
    tight       = false
    with_object = true
  }
  limit "local_authentication_disabled" {
    value       = local_authentication_disabled
    tight       = true
    with_object = true
  }
}

rule "azurerm_ai_services" "azurerm_application_insights" "azurerm_automation_account" "azurerm_bot_service_azure_bot" {
  templates = ["local_authentication"]
}

rule "azurerm_eventgrid_domain" "azurerm_eventgrid_topic" "azurerm_eventgrid_partner_namespace" "azurerm_iothub" {
  templates = ["local_authentication"]
}

rule "azurerm_machine_learning_synapse_spark" "azurerm_maps_account" "azurerm_search_service" {
  templates = ["local_authentication"]
}

# Here the switch for Entra is one of its own.
rule "azurerm_signalr_service" "azurerm_web_pubsub" "azurerm_web_pubsub_socketio" {
  templates = ["local_authentication"]
  limit "aad_auth_enabled" {
    value       = aad_auth_enabled
    tight       = true
    with_object = true
  }
  limit "tls_client_cert_enabled" {
    value       = tls_client_cert_enabled
    tight       = true
    with_object = true
  }
}

rule "azurerm_web_pubsub_hub" {
  grant "additive" {
    when         = anonymous_connections_enabled == true
    principals   = ["everybody"]
    data_actions = ["web-pubsub:connect"]
    resources    = ["${web_pubsub_id}/hubs/${name}"]
  }
}

rule "azurerm_batch_account" {
  limit "allowed_authentication_modes" {
    value       = allowed_authentication_modes
    with_object = true
  }
}

rule "azurerm_dashboard_grafana" {
  limit "api_key_enabled" {
    value       = api_key_enabled
    tight       = false
    with_object = true
  }
}

rule "azurerm_redis_cache" {
  limit "access_keys_authentication_enabled" {
    value       = access_keys_authentication_enabled
    tight       = false
    with_object = true
  }
  limit "authentication_enabled" {
    value       = redis_configuration[0].authentication_enabled
    tight       = true
    with_object = true
  }
}

rule "azurerm_managed_redis" {
  limit "access_keys_authentication_enabled" {
    value       = default_database[0].access_keys_authentication_enabled
    tight       = false
    with_object = true
  }
}

rule "azurerm_relay_hybrid_connection" {
  limit "requires_client_authorization" {
    value       = requires_client_authorization
    tight       = true
    with_object = true
  }
}
