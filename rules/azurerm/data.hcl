# Planes of access that services keep themselves: vaults, databases, caches.
#
# They are in no role of Azure RBAC, so `roles` and `data_actions` are words of this pack: `key-vault-secret:get`.

rule "azurerm_key_vault" {
  identity {
    id = "${local.group}/providers/Microsoft.KeyVault/vaults/${name}"
  }
  grant "exclusive" {
    for_each     = access_policy
    configured   = "access_policy"
    principals   = [each.application_id == "" ? each.object_id : coalesce("${each.object_id}/${each.application_id}", each.object_id)]
    data_actions = [
      "key-vault-key:${lower(each.key_permissions)}",
      "key-vault-secret:${lower(each.secret_permissions)}",
      "key-vault-certificate:${lower(each.certificate_permissions)}",
      "key-vault-storage:${lower(each.storage_permissions)}",
    ]
    resources = ["${local.group}/providers/Microsoft.KeyVault/vaults/${name}"]
  }
  grant "additive" {
    when         = enabled_for_deployment == true
    principals   = ["Service:Microsoft.Compute"]
    data_actions = ["key-vault-secret:get"]
    resources    = ["${local.group}/providers/Microsoft.KeyVault/vaults/${name}"]
  }
  grant "additive" {
    when         = enabled_for_template_deployment == true
    principals   = ["Service:Microsoft.Resources"]
    data_actions = ["key-vault-secret:get"]
    resources    = ["${local.group}/providers/Microsoft.KeyVault/vaults/${name}"]
  }
  limit "purge_protection_enabled" {
    value = purge_protection_enabled
    tight = true
  }
  harmless = ["contact", "enabled_for_disk_encryption", "sku_name", "soft_delete_retention_days", "vault_uri"]
  # Without RBAC the vault's own policies rule, and whoever may write the vault may write them.
  limit "rbac_authorization_enabled" {
    value       = coalesce(rbac_authorization_enabled, enable_rbac_authorization)
    tight       = true
    with_object = true
  }
}

rule "azurerm_key_vault_access_policy" {
  grant "additive" {
    principals   = [coalesce("${object_id}/${application_id}", object_id)]
    data_actions = [
      "key-vault-key:${lower(key_permissions)}",
      "key-vault-secret:${lower(secret_permissions)}",
      "key-vault-certificate:${lower(certificate_permissions)}",
      "key-vault-storage:${lower(storage_permissions)}",
    ]
    resources = [key_vault_id]
  }
}

rule "azurerm_key_vault_managed_hardware_security_module_role_assignment" {
  grant "additive" {
    role_kind = "azurerm_key_vault_managed_hardware_security_module_role_definition"
    principals = [principal_id]
    roles      = [role_definition_id]
    resources  = ["${managed_hsm_id}${scope}"]
  }
}

rule "azurerm_key_vault_managed_hardware_security_module_role_definition" {
  identity {
    resource_manager_id = role_name
  }
  grant "definition" {
    defines = "azurerm_key_vault_managed_hardware_security_module_role_definition"
    identifiers = ["resource_manager_id"]
    for_each         = permission
    names            = [name, role_name, self.resource_manager_id]
    actions          = each.actions
    not_actions      = each.not_actions
    data_actions     = each.data_actions
    not_data_actions = each.not_data_actions
    resources        = [managed_hsm_id]
  }
}

rule "azurerm_cosmosdb_sql_role_assignment" {
  grant "additive" {
    role_kind = "azurerm_cosmosdb_sql_role_definition"
    principals = [principal_id]
    roles      = [role_definition_id]
    resources  = [scope]
  }
}

rule "azurerm_cosmosdb_sql_role_definition" {
  identity {
    id = "cosmosdb-sql:${account_name}/${name}"
  }
  grant "definition" {
    defines = "azurerm_cosmosdb_sql_role_definition"
    identifiers = ["id"]
    for_each     = permissions
    names        = [self.id, name]
    data_actions = each.data_actions
    resources    = assignable_scopes
  }
}

rule "azurerm_cosmosdb_mongo_role_definition" {
  grant "definition" {
    defines = "azurerm_cosmosdb_mongo_role_definition"
    for_each     = privilege
    names        = ["mongo-role:${role_name}"]
    data_actions = ["mongo:${each.actions}"]
    resources    = [
      "${cosmos_mongo_database_id}/${coalesce(each.resource[0].db_name, "")}/${coalesce(each.resource[0].collection_name, "")}",
    ]
  }
  grant "definition" {
    defines = "azurerm_cosmosdb_mongo_role_definition"
    names     = ["mongo-role:${role_name}"]
    roles     = ["mongo-role:${inherited_role_names}"]
    resources = [cosmos_mongo_database_id]
  }
}

rule "azurerm_cosmosdb_mongo_user_definition" {
  grant "additive" {
    role_kind = "azurerm_cosmosdb_mongo_role_definition"
    principals = ["mongo:${username}"]
    roles      = ["mongo-role:${inherited_role_names}"]
    resources  = [cosmos_mongo_database_id]
  }
  grant "credential" {
    principals = ["mongo:${cosmos_mongo_database_id}/${username}"]
  }
}

rule "azurerm_mongo_cluster_user" {
  grant "additive" {
    for_each   = role
    principals = [object_id]
    roles      = ["mongo:${each.database}:${each.name}"]
    resources  = [mongo_cluster_id]
  }
}

rule "azurerm_cosmosdb_postgresql_role" {
  grant "credential" {
    principals = ["postgresql:${cluster_id}/${name}"]
  }
}

rule "azurerm_kusto_cluster_principal_assignment" {
  grant "additive" {
    principals = [principal_id]
    roles      = ["kusto:${role}"]
    resources  = ["${local.group}/providers/Microsoft.Kusto/clusters/${cluster_name}"]
  }
}

rule "azurerm_kusto_database_principal_assignment" {
  grant "additive" {
    principals = [principal_id]
    roles      = ["kusto:${role}"]
    resources  = ["${local.group}/providers/Microsoft.Kusto/clusters/${cluster_name}/databases/${database_name}"]
  }
}

rule "azurerm_synapse_role_assignment" {
  grant "additive" {
    principals = [principal_id]
    roles      = ["synapse:${role_name}"]
    resources  = [coalesce(synapse_spark_pool_id, synapse_workspace_id)]
  }
}

rule "azurerm_redis_cache_access_policy" {
  grant "definition" {
    defines = "azurerm_redis_cache_access_policy"
    names        = ["redis:${name}"]
    data_actions = ["redis:${permissions}"]
    resources    = [redis_cache_id]
  }
}

rule "azurerm_redis_cache_access_policy_assignment" {
  grant "additive" {
    role_kind = "azurerm_redis_cache_access_policy"
    principals = [object_id]
    roles      = ["redis:${access_policy_name}"]
    resources  = [redis_cache_id]
  }
}

rule "azurerm_api_management_group_user" {
  grant "additive" {
    principals = [user_id]
    roles      = ["api-management-group:${group_name}"]
    resources  = ["${local.group}/providers/Microsoft.ApiManagement/service/${api_management_name}"]
  }
}

rule "azurerm_hpc_cache_access_policy" {
  grant "definition" {
    for_each     = access_rule
    names        = [name]
    data_actions = ["nfs:${each.scope}:${coalesce(each.filter, "*")}:${each.access}"]
    resources    = [hpc_cache_id]
  }
}

rule "azurerm_storage_account_local_user" {
  grant "additive" {
    for_each     = permission_scope
    principals   = ["localUser:${storage_account_id}/${name}"]
    data_actions = [
      each.permissions[0].read == true ? "sftp:read" : null,
      each.permissions[0].write == true ? "sftp:write" : null,
      each.permissions[0].create == true ? "sftp:create" : null,
      each.permissions[0].delete == true ? "sftp:delete" : null,
      each.permissions[0].list == true ? "sftp:list" : null,
    ]
    resources = ["${storage_account_id}/${each.service}/${each.resource_name}"]
  }
  grant "credential" {
    principals = ["localUser:${storage_account_id}/${name}"]
  }
}

rule "azurerm_mssql_managed_instance_active_directory_administrator" {
  grant "additive" {
    principals = [object_id]
    roles      = ["active-directory-administrator"]
    resources  = [managed_instance_id]
  }
}

rule "azurerm_mysql_flexible_server_active_directory_administrator" {
  grant "additive" {
    principals = [object_id]
    roles      = ["active-directory-administrator"]
    resources  = [server_id]
  }
}

rule "azurerm_postgresql_active_directory_administrator" {
  grant "additive" {
    principals = [object_id]
    roles      = ["active-directory-administrator"]
    resources  = ["${local.group}/providers/Microsoft.DBforPostgreSQL/servers/${server_name}"]
  }
}

rule "azurerm_postgresql_flexible_server_active_directory_administrator" {
  grant "additive" {
    principals = [object_id]
    roles      = ["active-directory-administrator"]
    resources  = ["${local.group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/${server_name}"]
  }
}

rule "azurerm_synapse_workspace_aad_admin" {
  grant "additive" {
    principals = [object_id]
    roles      = ["active-directory-administrator"]
    resources  = [synapse_workspace_id]
  }
}

rule "azurerm_synapse_workspace_sql_aad_admin" {
  grant "additive" {
    principals = [object_id]
    roles      = ["sql-active-directory-administrator"]
    resources  = [synapse_workspace_id]
  }
}

rule "azurerm_mssql_server" {
  locals { id = "${local.group}/providers/Microsoft.Sql/servers/${name}" }
  identity {
    id = local.id
  }
  grant "additive" {
    for_each   = azuread_administrator
    principals = [each.object_id]
    roles      = ["active-directory-administrator"]
    resources  = [local.id]
  }
  grant "credential" {
    when       = administrator_login_password != null || administrator_login_password_wo_version != null
    principals = ["sqlUser:${local.id}/${administrator_login}"]
  }
  limit "azuread_authentication_only" {
    value       = azuread_administrator[0].azuread_authentication_only
    tight       = true
    with_object = true
  }
  harmless = [
    "connection_policy", "express_vulnerability_assessment_enabled", "minimum_tls_version",
    "transparent_data_encryption_key_vault_key_id",
  ]
}
