# Passwords of databases and other systems.

rule "azurerm_mysql_flexible_server" "azurerm_postgresql_flexible_server" {
  locals { id = "${local.group}/${trimprefix(type, "azurerm_")}/${name}" }
  grant "credential" {
    when       = administrator_password != null || administrator_password_wo != null || administrator_password_wo_version != null
    principals = ["databaseUser:${local.id}/${administrator_login}"]
  }
  limit "password_auth_enabled" {
    value       = authentication[0].password_auth_enabled
    tight       = false
    with_object = true
  }
  limit "active_directory_auth_enabled" {
    value       = [authentication[0].active_directory_auth_enabled, authentication[0].tenant_id]
    with_object = true
  }
  harmless = [
    "auto_grow_enabled", "backup_retention_days", "geo_redundant_backup_enabled", "high_availability", "maintenance_window",
    "public_network_access", "public_network_access_enabled", "replication_role", "sku_name", "storage", "storage_mb",
    "storage_tier", "version", "zone",
  ]
}

rule "azurerm_postgresql_server" {
  grant "credential" {
    when       = administrator_login_password != null || administrator_login_password_wo_version != null
    principals = ["databaseUser:${local.group}/postgresql_server/${name}/${administrator_login}"]
  }
  limit "threat_detection_policy" {
    value       = threat_detection_policy
    with_object = true
  }
  harmless = [
    "auto_grow_enabled", "backup_retention_days", "public_network_access_enabled", "sku_name",
    "ssl_minimal_tls_version_enforced", "storage_mb",
  ]
}

rule "azurerm_cosmosdb_postgresql_cluster" {
  grant "credential" {
    when       = administrator_login_password != null
    principals = ["databaseUser:${local.group}/cosmosdb_postgresql_cluster/${name}/citus"]
  }
  harmless = [
    "citus_version", "coordinator_public_ip_access_enabled", "coordinator_storage_quota_in_mb", "coordinator_vcore_count",
    "ha_enabled", "maintenance_window", "node_count", "node_storage_quota_in_mb", "node_vcores",
    "shards_on_coordinator_enabled", "sql_version",
  ]
}

rule "azurerm_mongo_cluster" {
  grant "credential" {
    when       = administrator_password != null
    principals = ["databaseUser:${local.group}/mongo_cluster/${name}/${administrator_username}"]
  }
  limit "authentication_methods" {
    value       = authentication_methods
    with_object = true
  }
  harmless = ["compute_tier", "high_availability_mode", "public_network_access", "shard_count", "storage_size_in_gb", "version"]
}

rule "azurerm_cosmosdb_cassandra_cluster" {
  grant "credential" {
    principals = ["databaseUser:${local.group}/cosmosdb_cassandra_cluster/${name}/cassandra"]
  }
  limit "authentication_method" {
    value       = authentication_method
    with_object = true
  }
  harmless = ["hours_between_backups", "repair_enabled", "version"]
}

rule "azurerm_oracle_autonomous_database" "azurerm_oracle_autonomous_database_clone_from_backup" "azurerm_oracle_autonomous_database_clone_from_database" {
  grant "credential" {
    principals = ["databaseUser:${local.group}/oracle_autonomous_database/${name}/ADMIN"]
  }
  limit "mtls_connection_required" {
    value       = mtls_connection_required
    tight       = true
    with_object = true
  }
  harmless = [
    "auto_scaling_enabled", "auto_scaling_for_storage_enabled", "backup_retention_period_in_days", "compute_count",
    "customer_contacts", "data_storage_size_in_tbs", "license_model", "long_term_backup_schedule",
  ]
}

rule "azurerm_mssql_virtual_machine" {
  grant "credential" {
    when       = sql_connectivity_update_password != null
    principals = ["databaseUser:${virtual_machine_id}/${sql_connectivity_update_username}"]
  }
  grant "credential" {
    for_each   = key_vault_credential
    principals = ["databaseCredential:${virtual_machine_id}/${each.name}"]
  }
  grant "credential" {
    for_each   = wsfc_domain_credential
    principals = ["databaseCredential:${virtual_machine_id}/wsfc"]
  }
  harmless = ["assessment", "auto_backup", "auto_patching", "sql_instance", "sql_license_type", "storage_configuration"]
}

rule "azurerm_qumulo_file_system" {
  grant "credential" {
    principals = ["storageUser:${local.group}/qumulo_file_system/${name}/admin"]
  }
}

# The domain in which shares look up who asks, with a login of it.
rule "azurerm_netapp_account" {
  grant "credential" {
    for_each   = active_directory
    principals = ["domain:${each.domain}/${each.username}"]
  }
}

rule "azurerm_redhat_openshift_cluster" {
  grant "credential" {
    for_each   = service_principal
    principals = [each.client_id]
  }
  harmless = ["worker_profile"]
}

rule "azurerm_vmware_private_cloud" {
  grant "credential" {
    when       = nsxt_password != null || vcenter_password != null
    principals = ["vmware:${local.group}/providers/Microsoft.AVS/privateClouds/${name}"]
  }
  harmless = ["management_cluster"]
}

# A password opens previews of a site; a token lets it read the repository.
rule "azurerm_static_web_app" "azurerm_static_site" {
  grant "credential" {
    principals = ["deployment:${local.group}/providers/Microsoft.Web/staticSites/${name}"]
  }
  limit "basic_auth" {
    value       = basic_auth
    with_object = true
  }
  harmless = ["configuration_file_changes_enabled", "preview_environments_enabled", "sku_size", "sku_tier"]
}

rule "azurerm_spring_cloud_service" {
  grant "credential" {
    when       = config_server_git_setting[0].http_basic_auth[0] != null || config_server_git_setting[0].ssh_auth[0] != null
    principals = ["repository:${config_server_git_setting[0].uri}"]
  }
  grant "credential" {
    for_each   = container_registry
    principals = ["registry:${each.server}/${each.username}"]
  }
}
