# What opens a service to those whom no binding names, and what an object limits itself.

# A proxy in front of a service asks who comes.
rule "google_compute_backend_service" "google_compute_region_backend_service" {
  limit "iap" {
    value       = iap[0].enabled
    tight       = true
    with_object = true
  }
  limit "security_settings" {
    value       = security_settings
    with_object = true
  }
}

rule "google_app_engine_application" {
  limit "iap" {
    value = iap[0].enabled
    tight = true
  }
  limit "auth_domain" {
    value = auth_domain
  }
}

# Which client certificates a load balancer asks for.
rule "google_compute_target_https_proxy" "google_compute_region_target_https_proxy" {
  limit "server_tls_policy" {
    value       = server_tls_policy
    with_object = true
  }
}

rule "google_network_services_endpoint_policy" {
  limit "policies" {
    value = [authorization_policy, server_tls_policy]
  }
}

rule "google_redis_cluster" {
  limit "authorization_mode" {
    value       = authorization_mode
    tight       = "AUTH_MODE_IAM_AUTH"
    with_object = true
  }
}

rule "google_memorystore_instance" {
  limit "authorization_mode" {
    value       = authorization_mode
    tight       = "IAM_AUTH"
    with_object = true
  }
}

rule "google_redis_instance" {
  limit "auth_enabled" {
    value       = auth_enabled
    tight       = true
    with_object = true
  }
}

rule "google_data_fusion_instance" {
  limit "enable_rbac" {
    value       = enable_rbac
    tight       = true
    with_object = true
  }
}

# A column without its policy tag is open to every reader of the table.
rule "google_bigquery_table" {
  identity {
    id = "projects/${local.project}/datasets/${dataset_id}/tables/${table_id}"
  }
  limit "policy_tags" {
    value       = json(schema)[*].policyTags
    with_object = true
  }
}

# What a project inherits changes with its parent.
rule "google_folder" {
  limit "parent" {
    value       = parent
    with_object = true
  }
}

# A database is also changed by statements, among them `GRANT`.
rule "google_spanner_database" {
  grant "opaque" {
    when   = ddl[0] != null
    reason = "runs statements, which may grant"
  }
  harmless = ["default_time_zone", "enable_drop_protection", "version_retention_period"]
}

# A scheduled query runs as its service account, or as the person who made it.
rule "google_bigquery_data_transfer_config" {
  grant "opaque" {
    when   = data_source_id == "scheduled_query"
    reason = "runs SQL, which may grant"
  }
  harmless = [
    "data_refresh_window_days", "disabled", "email_preferences", "notification_pubsub_topic", "schedule", "schedule_options",
  ]
}

# Which person's data are read under which service account.
rule "google_dataproc_cluster" {
  locals {
    config  = cluster_config[0]
    mapping = local.config.security_config[0].identity_config[0].user_service_account_mapping
    machine = "${local.project}/regions/${local.region}/clusters/${name}"
  }
  grant "additive" {
    when       = keys(local.mapping)[0] != null
    principals = "user:${keys(local.mapping)}"
    actions    = ["iam.serviceAccounts.actAs"]
    resources  = "//iam.googleapis.com/projects/-/serviceAccounts/${values(local.mapping)}"
  }
  grant "opaque" {
    for_each = local.config.initialization_action
    reason   = "runs a script on machines, as their service account"
  }
  grant "credential" {
    when       = contains(keys(local.config.gce_cluster_config[0].metadata), "ssh-keys")
    principals = ["instances:projects/${local.machine}"]
  }
  grant "opaque" {
    when   = contains(keys(local.config.gce_cluster_config[0].metadata), "startup-script")
    reason = "runs a script on machines, as their service account"
  }
  limit "kerberos_config" {
    value       = local.config.security_config[0].kerberos_config
    with_object = true
  }
  harmless = [
    "cluster_config.autoscaling_config", "cluster_config.lifecycle_config",
    "cluster_config.preemptible_worker_config.num_instances", "cluster_config.worker_config.num_instances",
    "graceful_decommission_timeout",
  ]
}
