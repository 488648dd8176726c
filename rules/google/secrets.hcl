# What makes or sets a secret, a key or a certificate with which one signs in.

rule "google_sql_ssl_cert" {
  grant "credential" {
    principals = ["sqlCertificate://cloudsql.googleapis.com/projects/${local.project}/instances/${instance}/${common_name}"]
  }
}

rule "google_sql_database_instance" {
  # A name that nobody gives is `terraform-` and hexadecimal digits.
  identity {
    connection_name = "${local.project}:${known_or(region, fact.region)}:${self.name}"
    id              = self.name
    name            = generated(name)
  }
  locals { instance = "//cloudsql.googleapis.com/projects/${local.project}/instances/${self.name}" }
  grant "credential" {
    when       = root_password != null && root_password != ""
    principals = ["sqlUser:${local.instance}/users/root"]
  }
  grant "credential" {
    when       = replica_configuration[0].password != null
    principals = ["sqlUser:${local.instance}/users/${replica_configuration[0].username}"]
  }
  # Whether a connection needs a certificate of the client.
  limit "ssl_mode" {
    value       = settings[0].ip_configuration[0].ssl_mode
    with_object = true
  }
  limit "connector_enforcement" {
    value       = settings[0].connector_enforcement
    tight       = "REQUIRED"
    with_object = true
  }
  limit "password_validation_policy" {
    value       = settings[0].password_validation_policy
    with_object = true
  }
  limit "sql_server_audit_config" {
    value       = settings[0].sql_server_audit_config
    with_object = true
  }
  harmless = [
    "database_version", "maintenance_version", "node_count", "replica_names", "settings.activation_policy",
    "settings.availability_type", "settings.backup_configuration", "settings.collation", "settings.connection_pool_config",
    "settings.data_cache_config", "settings.data_disk_provisioned_iops", "settings.data_disk_provisioned_throughput",
    "settings.deletion_protection_enabled", "settings.deny_maintenance_period", "settings.disk_autoresize",
    "settings.disk_autoresize_limit", "settings.disk_size", "settings.disk_type", "settings.edition",
    "settings.insights_config", "settings.ip_configuration.authorized_networks", "settings.ip_configuration.ipv4_enabled",
    "settings.ip_configuration.private_network", "settings.location_preference", "settings.maintenance_window",
    "settings.pricing_plan", "settings.retain_backups_on_delete", "settings.tier", "settings.time_zone",
    "settings.user_labels", "settings.version",
  ]
}

rule "google_alloydb_cluster" {
  grant "credential" {
    for_each   = initial_user
    principals = ["alloydbUser:projects/${local.project}/locations/${location}/clusters/${cluster_id}/${coalesce(each.user, "postgres")}"]
  }
  harmless = [
    "annotations", "automated_backup_policy", "continuous_backup_config", "database_version", "maintenance_update_policy",
    "skip_await_major_version_upgrade", "subscription_type",
  ]
}

rule "google_oracle_database_autonomous_database" {
  grant "credential" {
    when       = admin_password != null
    principals = ["oracleUser:projects/${local.project}/locations/${location}/autonomousDatabases/${autonomous_database_id}/ADMIN"]
  }
  limit "mtls_connection_required" {
    value       = properties[0].mtls_connection_required
    tight       = true
    with_object = true
  }
}

# A connection to a database keeps a login of it; the others act as the service's agent.
rule "google_bigquery_connection" {
  grant "credential" {
    for_each   = cloud_sql
    principals = ["sqlInstance:${each.instance_id}/${each.credential[0].username}"]
  }
  grant "additive" {
    when       = aws[0].access_role[0].iam_role_id != null
    principals = ["Service:${type}"]
    actions    = ["aws:sts:AssumeRole"]
    resources  = [aws[0].access_role[0].iam_role_id]
  }
  grant "additive" {
    when       = azure[0].federated_application_client_id != null
    principals = ["Service:${type}"]
    actions    = ["azuread:federate"]
    resources  = ["${azure[0].customer_tenant_id}/${azure[0].federated_application_client_id}"]
  }
  harmless = ["cloud_spanner", "friendly_name", "spark"]
}

rule "google_integrations_auth_config" {
  grant "credential" {
    principals = ["integration:projects/${local.project}/locations/${location}/${display_name}"]
  }
}

rule "google_integration_connectors_connection" {
  grant "credential" {
    when       = auth_config[0] != null
    principals = ["connection:projects/${local.project}/locations/${location}/${name}"]
  }
  harmless = ["eventing_enablement_type", "log_config", "node_config", "suspended"]
}

# Who obtains a certificate: whoever holds the key of the request.
rule "google_privateca_certificate" {
  locals { subject = config[0].subject_config[0] }
  grant "credential" {
    principals = ["certificate:projects/${local.project}/locations/${location}/caPools/${pool}/${coalesce(local.subject.subject[0].common_name, name)}"]
    ttl        = seconds(lifetime)
  }
}

rule "google_privateca_ca_pool" {
  limit "issuance_policy" {
    value = issuance_policy
  }
}

rule "google_vertex_ai_index_endpoint_deployed_index" {
  locals { provider = deployed_index_auth_config[0].auth_provider[0] }
  grant "trust" {
    when       = local.provider.allowed_issuers[0] != null
    principals = "issuer:${local.provider.allowed_issuers}"
    actions    = ["aiplatform:query"]
    resources  = ["${index_endpoint}/deployedIndexes/${deployed_index_id}"]
  }
  # Without it whoever reaches the endpoint may ask.
  limit "deployed_index_auth_config" {
    value       = deployed_index_auth_config
    with_object = true
  }
}
