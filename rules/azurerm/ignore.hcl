# Looks like a grant and is none.

ignore "azurerm_*_network_acl" {
  reason = "a rule of the network"
}

ignore "azurerm_api_management_notification_recipient_user" {
  reason = "who is told of events"
}

ignore "azurerm_kubernetes_fleet_member" {
  reason = "puts a cluster into a fleet"
}

ignore "azurerm_network_manager_static_member" {
  reason = "puts a network into a group of networks"
}

ignore "azurerm_palo_alto_*_trust_certificate_association" {
  reason = "which certificate a firewall presents"
}

ignore "azurerm_automation_connection_service_principal" {
  reason = "says by which certificate a runbook signs in; the certificate is a type of its own"
}

ignore "azurerm_spring_cloud_application_insights_application_performance_monitoring" {
  reason = "the name of a component in a chart"
}

ignore "azurerm_datadog_monitor_sso_configuration" {
  reason = "where the users of a monitor sign in"
}

ignore "azurerm_trusted_signing_account" {
  reason = "a service that signs; who may use it is a role assignment"
}
