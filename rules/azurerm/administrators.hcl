# Who administers a service by its own list.

rule "azurerm_key_vault_managed_hardware_security_module" {
  locals { id = "${local.group}/providers/Microsoft.KeyVault/managedHSMs/${name}" }
  identity {
    id = local.id
  }
  grant "exclusive" {
    when       = admin_object_ids[0] != null
    principals = admin_object_ids
    roles      = ["managed-hsm-administrator"]
    resources  = [local.id]
  }
  limit "purge_protection_enabled" {
    value       = purge_protection_enabled
    tight       = true
    with_object = true
  }
  limit "security_domain" {
    value       = [security_domain_key_vault_certificate_ids, security_domain_quorum]
    with_object = true
  }
  harmless = ["network_acls", "public_network_access_enabled"]
}

# A group of administrators is `cluster-admin`; a local account is a certificate that opens the cluster past Entra.
# https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id
rule "azurerm_kubernetes_cluster" {
  locals {
    id    = "${local.group}/providers/Microsoft.ContainerService/managedClusters/${name}"
    entra = azure_active_directory_role_based_access_control[0]
  }
  identity {
    id = local.id
  }
  grant "exclusive" {
    when       = local.entra.admin_group_object_ids[0] != null
    principals = local.entra.admin_group_object_ids
    roles      = ["cluster-admin"]
    resources  = [local.id]
  }
  grant "credential" {
    for_each   = linux_profile
    principals = ["nodes:${local.id}"]
  }
  grant "credential" {
    for_each   = windows_profile
    principals = ["nodes:${local.id}"]
  }
  grant "credential" {
    for_each   = service_principal
    principals = [each.client_id]
  }
  limit "local_account_disabled" {
    value       = local_account_disabled
    tight       = true
    with_object = true
  }
  limit "role_based_access_control_enabled" {
    value       = role_based_access_control_enabled
    tight       = true
    with_object = true
  }
  limit "azure_active_directory_role_based_access_control" {
    value       = [local.entra.azure_rbac_enabled, local.entra.tenant_id]
    with_object = true
  }
  limit "azure_policy_enabled" {
    value       = azure_policy_enabled
    tight       = true
    with_object = true
  }
  limit "run_command_enabled" {
    value       = run_command_enabled
    tight       = false
    with_object = true
  }
  harmless = [
    "api_server_access_profile", "auto_scaler_profile", "automatic_upgrade_channel", "cost_analysis_enabled",
    "default_node_pool", "image_cleaner_enabled", "image_cleaner_interval_hours", "ingress_application_gateway",
    "key_vault_secrets_provider", "kubernetes_version", "maintenance_window", "maintenance_window_auto_upgrade",
    "maintenance_window_node_os", "microsoft_defender", "monitor_metrics", "network_profile", "node_os_upgrade_channel",
    "oms_agent", "private_cluster_public_fqdn_enabled", "sku_tier", "storage_profile", "support_plan", "upgrade_override",
    "web_app_routing", "workload_autoscaler_profile",
  ]
}

rule "azurerm_arc_kubernetes_provisioned_cluster" {
  locals { entra = azure_active_directory[0] }
  grant "exclusive" {
    when       = local.entra.admin_group_object_ids[0] != null
    principals = local.entra.admin_group_object_ids
    roles      = ["cluster-admin"]
    resources  = ["${local.group}/providers/Microsoft.Kubernetes/connectedClusters/${name}"]
  }
  limit "azure_rbac_enabled" {
    value       = local.entra.azure_rbac_enabled
    tight       = true
    with_object = true
  }
}

rule "azurerm_fabric_capacity" {
  grant "exclusive" {
    when       = administration_members[0] != null
    principals = administration_members
    roles      = ["capacity-administrator"]
    resources  = ["${local.group}/providers/Microsoft.Fabric/capacities/${name}"]
  }
  harmless = ["sku"]
}

rule "azurerm_powerbi_embedded" {
  grant "exclusive" {
    principals = administrators
    roles      = ["capacity-administrator"]
    resources  = ["${local.group}/providers/Microsoft.PowerBIDedicated/capacities/${name}"]
  }
  harmless = ["mode", "sku_name"]
}

rule "azurerm_analysis_services_server" {
  grant "exclusive" {
    when       = admin_users[0] != null
    principals = admin_users
    roles      = ["server-administrator"]
    resources  = ["${local.group}/providers/Microsoft.AnalysisServices/servers/${name}"]
  }
  harmless = ["backup_blob_container_uri", "ipv4_firewall_rule", "querypool_connection_mode", "sku"]
}

rule "azurerm_confidential_ledger" {
  locals { id = "${local.group}/providers/Microsoft.ConfidentialLedger/ledgers/${name}" }
  grant "exclusive" {
    for_each   = azuread_based_service_principal
    principals = [each.principal_id]
    roles      = ["ledger:${each.ledger_role_name}"]
    resources  = [local.id]
  }
  grant "exclusive" {
    for_each   = certificate_based_security_principal
    principals = ["certificate:${each.pem_public_key}"]
    roles      = ["ledger:${each.ledger_role_name}"]
    resources  = [local.id]
  }
}

rule "azurerm_mssql_managed_instance" {
  locals {
    id    = "${local.group}/providers/Microsoft.Sql/managedInstances/${name}"
    entra = azure_active_directory_administrator[0]
  }
  identity {
    id = local.id
  }
  grant "additive" {
    for_each   = azure_active_directory_administrator
    principals = [each.object_id]
    roles      = ["active-directory-administrator"]
    resources  = [local.id]
  }
  grant "credential" {
    when       = administrator_login_password != null
    principals = ["sqlUser:${local.id}/${administrator_login}"]
  }
  limit "azuread_authentication_only_enabled" {
    value       = local.entra.azuread_authentication_only_enabled
    tight       = true
    with_object = true
  }
  harmless = [
    "database_format", "hybrid_secondary_usage", "license_type", "maintenance_configuration_name", "minimum_tls_version",
    "proxy_override", "public_data_endpoint_enabled", "sku_name", "storage_account_type", "storage_size_in_gb", "subnet_id",
    "vcores", "zone_redundant_enabled",
  ]
}

rule "azurerm_synapse_workspace" {
  locals { id = "${local.group}/providers/Microsoft.Synapse/workspaces/${name}" }
  identity {
    id = local.id
  }
  grant "credential" {
    when       = sql_administrator_login_password != null
    principals = ["sqlUser:${local.id}/${sql_administrator_login}"]
  }
  grant "additive" {
    when       = linking_allowed_for_aad_tenant_ids[0] != null
    principals = "tenant:${linking_allowed_for_aad_tenant_ids}"
    actions    = ["synapse:link"]
    resources  = [local.id]
  }
  # The workspace's own identity may do anything in its SQL pools.
  grant "additive" {
    when       = sql_identity_control_enabled == true
    principals = [local.id]
    roles      = ["sql-active-directory-administrator"]
    resources  = [local.id]
  }
  limit "azuread_authentication_only" {
    value       = azuread_authentication_only
    tight       = true
    with_object = true
  }
  limit "data_exfiltration_protection_enabled" {
    value       = data_exfiltration_protection_enabled
    tight       = true
    with_object = true
  }
  harmless = [
    "azure_devops_repo.last_commit_id", "compute_subnet_id", "github_repo.last_commit_id", "public_network_access_enabled",
    "purview_id",
  ]
}

# Tenants from which everybody may be given a role in a database.
rule "azurerm_kusto_cluster" {
  identity {
    id = "${local.group}/providers/Microsoft.Kusto/clusters/${name}"
  }
  grant "trust" {
    when       = trusted_external_tenants[0] != null
    principals = "tenant:${trusted_external_tenants}"
    actions    = ["kusto:sign-in"]
    resources  = ["${local.group}/providers/Microsoft.Kusto/clusters/${name}"]
  }
  harmless = [
    "allowed_fqdns", "allowed_ip_ranges", "auto_stop_enabled", "language_extension", "language_extensions",
    "optimized_auto_scale", "public_network_access_enabled", "purge_enabled", "sku", "streaming_ingestion_enabled",
    "virtual_network_configuration", "zones",
  ]
}

rule "azurerm_healthcare_service" {
  grant "exclusive" {
    when       = access_policy_object_ids[0] != null
    principals = access_policy_object_ids
    roles      = ["fhir-access"]
    resources  = ["${local.group}/providers/Microsoft.HealthcareApis/services/${name}"]
  }
  limit "authentication_configuration" {
    value       = authentication_configuration
    with_object = true
  }
  harmless = ["cors_configuration", "cosmosdb_throughput", "public_network_access_enabled"]
}

rule "azurerm_healthcare_fhir_service" {
  grant "exclusive" {
    when       = access_policy_object_ids[0] != null
    principals = access_policy_object_ids
    roles      = ["fhir-access"]
    resources  = ["${workspace_id}/fhirservices/${name}"]
  }
  limit "authentication" {
    value       = authentication
    with_object = true
  }
  harmless = ["cors"]
}

# Which roles whoever makes an environment has in it, and who else.
rule "azurerm_dev_center_project_environment_type" {
  grant "exclusive" {
    when       = creator_role_assignment_roles[0] != null
    principals = ["creator:${dev_center_project_id}"]
    roles      = creator_role_assignment_roles
    resources  = [deployment_target_id]
  }
  grant "exclusive" {
    for_each   = user_role_assignment
    principals = [each.user_id]
    roles      = each.roles
    resources  = [deployment_target_id]
  }
}

rule "azurerm_dev_center_project_pool" {
  limit "local_administrator_enabled" {
    value       = local_administrator_enabled
    tight       = false
    with_object = true
  }
}

# What a publisher may do in what its customers deploy.
rule "azurerm_managed_application_definition" {
  grant "exclusive" {
    for_each   = authorization
    principals = [each.service_principal_id]
    roles      = [each.role_definition_id]
    resources  = ["managedApplications:${local.group}/providers/Microsoft.Solutions/applicationDefinitions/${name}"]
  }
  limit "lock_level" {
    value = lock_level
  }
}

rule "azurerm_machine_learning_compute_instance" {
  locals { id = "${machine_learning_workspace_id}/computes/${name}" }
  grant "additive" {
    for_each   = assign_to_user
    principals = [each.object_id]
    roles      = ["compute-instance-user"]
    resources  = [local.id]
  }
  grant "credential" {
    when       = ssh[0].public_key != null
    principals = ["nodes:${local.id}"]
  }
}

rule "azurerm_service_fabric_cluster" "azurerm_service_fabric_managed_cluster" {
  locals { id = "${local.group}/providers/Microsoft.ServiceFabric/clusters/${name}" }
  grant "exclusive" {
    for_each   = client_certificate_thumbprint
    principals = ["certificate:${each.thumbprint}"]
    roles      = [each.is_admin == true ? "cluster-administrator" : "cluster-user"]
    resources  = [local.id]
  }
  grant "exclusive" {
    for_each   = client_certificate_common_name
    principals = ["certificate:${each.common_name}:${coalesce(each.issuer_thumbprint, "*")}"]
    roles      = [each.is_admin == true ? "cluster-administrator" : "cluster-user"]
    resources  = [local.id]
  }
  grant "exclusive" {
    for_each   = concat(azure_active_directory, authentication[0].active_directory)
    principals = ["application:${each.tenant_id}/${each.client_application_id}/${each.cluster_application_id}"]
    roles      = ["cluster-sign-in"]
    resources  = [local.id]
  }
  grant "exclusive" {
    for_each   = authentication[0].certificate
    principals = ["certificate:${coalesce(each.thumbprint, each.common_name)}"]
    roles      = [each.type == "AdminClient" ? "cluster-administrator" : "cluster-user"]
    resources  = [local.id]
  }
  grant "credential" {
    when       = password != null
    principals = ["nodes:${local.id}/${username}"]
  }
  harmless = [
    "cluster_code_version", "diagnostics_config", "lb_rule", "node_type", "reliability_level", "upgrade_mode",
    "upgrade_policy", "vm_image",
  ]
}
