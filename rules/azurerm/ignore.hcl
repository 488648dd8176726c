# Looks like a grant and is none.

ignore {
  azurerm_api_management_notification_recipient_user                           = "who is told of events"
  azurerm_kubernetes_fleet_member                                              = "puts a cluster into a fleet"
  azurerm_network_manager_static_member                                        = "puts a network into a group of networks"
  azurerm_spring_cloud_application_insights_application_performance_monitoring = "the name of a component in a chart"
  azurerm_datadog_monitor_sso_configuration                                    = "where the users of a monitor sign in"
  azurerm_trusted_signing_account                                              = "a service that signs; who may use it is a role assignment"
}

ignore "azurerm_automation_connection_service_principal" {
  reason = "says by which certificate a runbook signs in; the certificate is a type of its own"
}

ignore "azurerm_*_network_acl" { reason = "a rule of the network" }
ignore "azurerm_palo_alto_*_trust_certificate_association" { reason = "which certificate a firewall presents" }
