# Credentials: what acts as somebody once it is known. A credential that AWS merely uses elsewhere is in ignore.hcl.

rule "aws_iam_access_key" {
  grant "credential" {
    subject    = "workload"
    when       = status != "Inactive"
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${user}"]
  }
  harmless = ["pgp_key"]
}

rule "aws_iam_user_login_profile" {
  grant "credential" {
    subject    = "human"
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${user}"]
  }
}

rule "aws_iam_service_specific_credential" "aws_iam_signing_certificate" {
  grant "credential" {
    subject    = "workload"
    when       = status != "Inactive"
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${user_name}"]
  }
}

rule "aws_iam_user_ssh_key" {
  grant "credential" {
    subject    = "workload"
    principals = ["arn:${fact.partition}:iam::${fact.account}:user/${username}"]
  }
  limit "public_key" {
    with_object = true
    value       = public_key
  }
}

rule "aws_iam_server_certificate" {
  identity {
    arn  = "arn:${fact.partition}:iam::${fact.account}:server-certificate${coalesce(path, "/")}${self.name}"
    id   = generated(id)
    name = generated(name, name_prefix)
  }
  grant "credential" {
    principals = [self.arn]
  }
}

rule "aws_iam_virtual_mfa_device" {
  locals { arn = "arn:${fact.partition}:iam::${fact.account}:mfa${coalesce(path, "/")}${virtual_mfa_device_name}" }
  identity {
    arn = local.arn
    id  = local.arn
  }
  grant "credential" {
    principals = [self.arn]
  }
}

# An activation code makes any machine that knows it a managed node with the role.
rule "aws_ssm_activation" {
  identity {
    id = generated(id)
  }
  grant "credential" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:role/${iam_role}"]
    ttl        = coalesce(seconds_until(known_or(expiration_date, null)), seconds("24h"))
  }
  harmless = ["name", "registration_count", "registration_limit"]
}

# The key opens every instance that is launched with it.
rule "aws_key_pair" {
  identity {
    id          = self.key_name
    key_name    = generated(key_name, key_name_prefix)
    key_pair_id = generated(key_pair_id)
    arn         = "arn:${fact.partition}:ec2:${local.place}:key-pair/${self.key_name}"
  }
  grant "credential" {
    principals = [self.arn]
  }
}

rule "aws_lightsail_key_pair" {
  grant "credential" {
    principals = ["lightsail:${name}"]
  }
}

rule "aws_lightsail_bucket_access_key" {
  grant "credential" {
    principals = ["arn:${fact.partition}:s3:::${bucket_name}"]
  }
}

rule "aws_iot_certificate" {
  grant "credential" {
    when       = active
    principals = [arn]
  }
}

rule "aws_transfer_ssh_key" {
  grant "credential" {
    principals = ["arn:${fact.partition}:transfer:${local.place}:user/${server_id}/${user_name}"]
  }
}

# A key that opens no principal of IAM acts as the thing that it opens.
rule "aws_api_gateway_api_key" {
  identity {
    arn = "arn:${fact.partition}:apigateway:${local.region}::/apikeys/${self.id}"
    id  = generated(id)
  }
  grant "credential" {
    when       = enabled != false
    principals = ["apigateway:${name}"]
  }
  harmless = ["customer_id", "last_updated_date", "name"]
}

rule "aws_api_gateway_usage_plan_key" {
  grant "additive" {
    principals = ["arn:${fact.partition}:apigateway:${local.region}::/apikeys/${key_id}"]
    actions    = ["apigateway:CreateUsagePlanKey"]
    resources  = ["arn:${fact.partition}:apigateway:${local.region}::/usageplans/${usage_plan_id}"]
  }
}

rule "aws_appsync_api_key" {
  grant "credential" {
    principals = ["arn:${fact.partition}:appsync:${local.place}:apis/${api_id}"]
    ttl        = coalesce(seconds_until(expires), seconds("7d"))
  }
}

# A workspace's key acts in the role that it is made with.
rule "aws_grafana_workspace_api_key" {
  grant "credential" {
    principals = ["arn:${fact.partition}:grafana:${local.place}:/workspaces/${workspace_id}/role/${key_role}"]
    ttl        = seconds_to_live
  }
}

rule "aws_grafana_workspace_service_account_token" {
  grant "credential" {
    principals = ["arn:${fact.partition}:grafana:${local.place}:/workspaces/${workspace_id}/serviceaccounts/${service_account_id}"]
    ttl        = seconds_to_live
  }
}

rule "aws_grafana_workspace_service_account" {
  grant "additive" {
    principals = ["arn:${fact.partition}:grafana:${local.place}:/workspaces/${workspace_id}/serviceaccount/${name}"]
    roles      = ["grafana:${grafana_role}"]
    resources  = ["arn:${fact.partition}:grafana:${local.place}:/workspaces/${workspace_id}"]
  }
}

# What these keys sign opens private content of CloudFront.
rule "aws_cloudfront_public_key" {
  identity {
    id   = generated(id)
    name = generated(name, name_prefix)
  }
  grant "credential" {
    principals = ["cloudfront:${self.name}"]
  }
}

rule "aws_ivs_playback_key_pair" {
  grant "credential" {
    principals = ["ivs:${name}"]
  }
}

# Databases, directories, brokers, file systems: the password of the first user. A write-only password shows by its version.
# SQL Server allows 15 characters, and the provider cuts what it makes up.
rule "aws_db_instance" {
  templates = ["database"]
  identity {
    arn         = "arn:${fact.partition}:rds:${local.place}:db:${self.identifier}"
    id          = generated(id)
    identifier  = startswith(engine, "sqlserver") || startswith(engine, "custom-sqlserver") ? generated(identifier) : generated(identifier, identifier_prefix)
    resource_id = generated(resource_id)
  }
  grant "credential" {
    when       = password != null || password_wo_version != null || manage_master_user_password
    principals = ["arn:${fact.partition}:rds:${local.place}:db:${self.identifier}/${username}"]
  }
}

rule "aws_rds_cluster" "aws_docdb_cluster" {
  templates = ["database"]
  identity {
    arn                 = "arn:${fact.partition}:rds:${local.place}:cluster:${self.cluster_identifier}"
    id                  = self.cluster_identifier
    cluster_identifier  = generated(cluster_identifier, cluster_identifier_prefix)
    cluster_resource_id = generated(cluster_resource_id)
  }
  grant "credential" {
    when       = master_password != null || master_password_wo_version != null || manage_master_user_password
    principals = ["arn:${fact.partition}:rds:${local.place}:cluster:${self.cluster_identifier}/${master_username}"]
  }
}

template "database" {
  harmless = [
    "allocated_storage", "allow_major_version_upgrade", "auto_minor_version_upgrade", "availability_zone", "availability_zones",
    "backtrack_window", "backup_retention_period", "backup_target", "backup_window", "blue_green_update", "ca_cert_identifier",
    "ca_certificate_identifier", "character_set_name", "cluster_members", "cluster_scalability_type", "copy_tags_to_snapshot",
    "customer_owned_ip_enabled", "database_insights_mode", "db_cluster_instance_class", "db_subnet_group_name",
    "dedicated_log_volume", "delete_automated_backups", "enabled_cloudwatch_logs_exports", "engine_lifecycle_support",
    "engine_version", "engine_version_actual", "instance_class", "iops", "latest_restorable_time", "license_model",
    "listener_endpoint", "maintenance_window", "max_allocated_storage", "monitoring_interval", "multi_az", "network_type",
    "performance_insights_enabled", "performance_insights_kms_key_id", "performance_insights_retention_period",
    "preferred_backup_window", "preferred_maintenance_window", "replicas", "scaling_configuration",
    "serverlessv2_scaling_configuration", "storage_throughput", "storage_type", "timezone", "upgrade_storage_config",
    "vpc_security_group_ids",
  ]
}

rule "aws_docdbelastic_cluster" {
  grant "credential" {
    principals = ["docdb-elastic:${name}/${admin_user_name}"]
  }
  harmless = [
    "backup_retention_period", "preferred_backup_window", "preferred_maintenance_window", "shard_capacity", "shard_count",
    "vpc_security_group_ids",
  ]
}

rule "aws_redshift_cluster" {
  identity {
    arn                = "arn:${fact.partition}:redshift:${local.place}:cluster:${cluster_identifier}"
    id                 = cluster_identifier
    cluster_identifier = cluster_identifier
  }
  grant "credential" {
    when       = master_password != null || master_password_wo_version != null || manage_master_password
    principals = ["arn:${fact.partition}:redshift:${local.place}:dbuser:${cluster_identifier}/${master_username}"]
  }
  harmless = [
    "allow_version_upgrade", "aqua_configuration_status", "automated_snapshot_retention_period", "availability_zone",
    "availability_zone_relocation_enabled", "cluster_revision_number", "cluster_type", "cluster_version", "elastic_ip",
    "maintenance_track_name", "manual_snapshot_retention_period", "multi_az", "node_type", "number_of_nodes",
    "preferred_maintenance_window", "vpc_security_group_ids",
  ]
}

rule "aws_redshiftserverless_namespace" {
  identity {
    arn            = "arn:${fact.partition}:redshift-serverless:${local.place}:namespace/${self.namespace_id}"
    id             = namespace_name
    namespace_id   = generated(namespace_id)
    namespace_name = namespace_name
  }
  grant "credential" {
    when       = admin_user_password != null || admin_user_password_wo_version != null || manage_admin_password
    principals = ["redshift-serverless:${namespace_name}/${admin_username}"]
  }
  harmless = ["log_exports"]
}

rule "aws_lightsail_database" {
  grant "credential" {
    principals = ["lightsail:${relational_database_name}/${master_username}"]
  }
  harmless = [
    "availability_zone", "backup_retention_enabled", "bundle_id", "final_snapshot_name", "preferred_backup_window",
    "preferred_maintenance_window",
  ]
}

rule "aws_timestreaminfluxdb_db_instance" {
  grant "credential" {
    principals = ["timestream-influxdb:${name}/${username}"]
  }
  harmless = [
    "allocated_storage", "db_instance_type", "db_storage_type", "deployment_type", "log_delivery_configuration",
    "vpc_security_group_ids",
  ]
}

rule "aws_elasticache_replication_group" {
  identity {
    arn = "arn:${fact.partition}:elasticache:${local.place}:replicationgroup:${replication_group_id}"
    id  = replication_group_id
  }
  grant "credential" {
    when       = auth_token != null
    principals = ["arn:${fact.partition}:elasticache:${local.place}:replicationgroup:${replication_group_id}"]
  }
  harmless = [
    "auto_minor_version_upgrade", "automatic_failover_enabled", "data_tiering_enabled", "engine_version", "engine_version_actual",
    "log_delivery_configuration", "maintenance_window", "member_clusters", "multi_az_enabled", "node_type",
    "notification_topic_arn", "num_cache_clusters", "num_node_groups", "preferred_cache_cluster_azs", "replicas_per_node_group",
    "security_group_ids", "snapshot_retention_limit", "snapshot_window",
  ]
  limit "auth_token" {
    with_object = true
    value       = auth_token != null
    tight       = true
  }
  limit "user_group_ids" {
    with_object = true
    value       = user_group_ids
  }
  limit "transit_encryption_enabled" {
    with_object = true
    value       = known_or(transit_encryption_enabled, null)
    tight       = true
  }
}

# The access string is a language of its own: a change of it is judged, its content is not.
rule "aws_elasticache_user" {
  identity {
    arn     = "arn:${fact.partition}:elasticache:${local.place}:user:${user_id}"
    id      = user_id
    user_id = user_id
  }
  grant "credential" {
    principals = ["arn:${fact.partition}:elasticache:${local.place}:user:${user_id}"]
  }
  limit "access_string" {
    with_object = true
    value       = access_string
  }
  limit "password_required" {
    with_object = true
    value       = no_password_required != true
    tight       = true
  }
  harmless = ["engine"]
}

rule "aws_elasticache_user_group" {
  identity {
    arn           = "arn:${fact.partition}:elasticache:${local.place}:usergroup:${user_group_id}"
    id            = user_group_id
    user_group_id = user_group_id
  }
  grant "additive" {
    principals = ["arn:${fact.partition}:elasticache:${local.place}:user:${user_ids}"]
    actions    = ["elasticache:Connect"]
    resources  = ["arn:${fact.partition}:elasticache:${local.place}:usergroup:${user_group_id}"]
  }
  harmless = ["engine"]
}

rule "aws_elasticache_user_group_association" {
  grant "additive" {
    principals = ["arn:${fact.partition}:elasticache:${local.place}:user:${user_id}"]
    actions    = ["elasticache:Connect"]
    resources  = ["arn:${fact.partition}:elasticache:${local.place}:usergroup:${user_group_id}"]
  }
}

rule "aws_memorydb_user" {
  identity {
    arn       = "arn:${fact.partition}:memorydb:${local.place}:user/${user_name}"
    id        = user_name
    user_name = user_name
  }
  grant "credential" {
    principals = ["arn:${fact.partition}:memorydb:${local.place}:user/${user_name}"]
  }
  limit "access_string" {
    with_object = true
    value       = access_string
  }
}

rule "aws_memorydb_acl" {
  identity {
    arn  = "arn:${fact.partition}:memorydb:${local.place}:acl/${self.name}"
    id   = self.name
    name = generated(name, name_prefix)
  }
  grant "additive" {
    for_each   = user_names
    principals = ["arn:${fact.partition}:memorydb:${local.place}:user/${each}"]
    actions    = ["memorydb:Connect"]
    resources  = ["arn:${fact.partition}:memorydb:${local.place}:acl/${self.name}"]
  }
}

rule "aws_mq_broker" {
  identity {
    arn = "arn:${fact.partition}:mq:${local.place}:broker:${broker_name}:${self.id}"
    id  = generated(id)
  }
  grant "credential" {
    for_each   = user
    principals = ["mq:${broker_name}/${each.username}"]
  }
  harmless = [
    "auto_minor_version_upgrade", "engine_version", "host_instance_type", "instances", "logs", "maintenance_window_start_time",
    "pending_data_replication_mode", "security_groups",
  ]
}

rule "aws_msk_scram_secret_association" {
  grant "credential" {
    for_each   = secret_arn_list
    principals = ["${cluster_arn}/${each}"]
  }
}

rule "aws_msk_single_scram_secret_association" {
  grant "credential" {
    principals = ["${cluster_arn}/${secret_arn}"]
  }
}

rule "aws_directory_service_directory" {
  grant "credential" {
    principals = ["ds:${name}/Administrator"]
  }
  harmless = ["desired_number_of_domain_controllers", "edition"]
}

rule "aws_fsx_ontap_file_system" {
  identity {
    arn = "arn:${fact.partition}:fsx:${local.place}:file-system/${self.id}"
    id  = generated(id)
  }
  grant "credential" {
    when       = fsx_admin_password != null
    principals = [arn]
  }
  harmless = [
    "automatic_backup_retention_days", "daily_automatic_backup_start_time", "disk_iops_configuration", "ha_pairs",
    "route_table_ids", "security_group_ids", "storage_capacity", "throughput_capacity", "throughput_capacity_per_ha_pair",
    "weekly_maintenance_start_time",
  ]
}

rule "aws_fsx_ontap_storage_virtual_machine" {
  grant "credential" {
    when       = svm_admin_password != null
    principals = ["fsx:${file_system_id}/${name}"]
  }
  harmless = ["root_volume_security_style"]
}

rule "aws_emr_cluster" {
  identity {
    arn = "arn:${fact.partition}:elasticmapreduce:${local.place}:cluster/${self.id}"
    id  = generated(id)
  }
  grant "credential" {
    when       = kerberos_attributes[0].kdc_admin_password != null
    principals = ["elasticmapreduce:${name}"]
  }
  harmless = [
    "auto_termination_policy", "ebs_root_volume_size", "keep_job_flow_alive_when_no_steps", "list_steps_states",
    "placement_group_config", "release_label", "scale_down_behavior", "step_concurrency_level", "termination_protection",
    "unhealthy_node_replacement",
  ]
}

# A value that is stored for others to read; who may, their own policies say.
rule "aws_secretsmanager_secret_version" {
  identity {
    arn        = startswith(secret_id, "arn:") ? secret_id : null
    version_id = generated(version_id)
  }
  grant "credential" {
    principals = [secret_id]
  }
  harmless = ["has_secret_string_wo", "version_id"]
}

rule "aws_ssm_parameter" {
  takes_over = overwrite == true
  identity {
    arn  = "arn:${fact.partition}:ssm:${local.place}:parameter${startswith(name, "/") ? name : "/${name}"}"
    id   = name
    name = name
  }
  grant "credential" {
    when       = self.type == "SecureString"
    principals = [self.arn]
  }
  harmless = ["tier"]
}

# People and applications of user pools, which are not principals of IAM unless an identity pool makes them so.
rule "aws_cognito_user" {
  grant "credential" {
    subject    = "human"
    when       = enabled != false
    principals = ["cognito:${user_pool_id}/${username}"]
  }
  harmless = ["desired_delivery_mediums", "last_modified_date", "message_action"]
}

rule "aws_cognito_user_pool_client" {
  identity {
    id = generated(id)
  }
  grant "credential" {
    when       = generate_secret
    principals = ["cognito:${user_pool_id}/client/${name}"]
  }
  harmless = ["analytics_configuration", "enable_propagate_additional_user_context_data"]
  limit "callback_urls" {
    with_object = true
    value       = known_or(callback_urls, null)
  }
  limit "allowed_oauth_flows" {
    with_object = true
    value       = known_or(allowed_oauth_flows, null)
  }
  limit "allowed_oauth_scopes" {
    with_object = true
    value       = known_or(allowed_oauth_scopes, null)
  }
  limit "explicit_auth_flows" {
    with_object = true
    value       = known_or(explicit_auth_flows, null)
  }
}

rule "aws_appstream_user" {
  grant "credential" {
    subject    = "human"
    when       = enabled != false
    principals = ["appstream:${user_name}"]
  }
  harmless = ["first_name", "last_name", "send_email_notification"]
}

rule "aws_connect_user" {
  grant "credential" {
    subject    = "human"
    when       = password != null
    principals = ["connect:${instance_id}/${name}"]
  }
  grant "additive" {
    principals = ["connect:${instance_id}/${name}"]
    roles      = ["arn:${fact.partition}:connect:${local.place}:instance/${instance_id}/security-profile/${security_profile_ids}"]
    resources  = ["arn:${fact.partition}:connect:${local.place}:instance/${instance_id}"]
  }
  harmless = ["hierarchy_group_id", "identity_info", "phone_config", "routing_profile_id"]
}

rule "aws_opsworks_user_profile" {
  grant "credential" {
    when       = ssh_public_key != null
    principals = [user_arn]
  }
}

rule "aws_chime_voice_connector_termination_credentials" {
  grant "credential" {
    for_each   = credentials
    principals = ["chime:${voice_connector_id}/${each.username}"]
  }
}

rule "aws_codebuild_source_credential" {
  grant "credential" {
    principals = ["codebuild:${server_type}"]
  }
}

rule "aws_storagegateway_gateway" {
  grant "credential" {
    when       = smb_guest_password != null
    principals = ["storagegateway:${gateway_name}/smbguest"]
  }
  harmless = [
    "average_download_rate_limit_in_bits_per_sec", "average_upload_rate_limit_in_bits_per_sec", "cloudwatch_log_group_arn",
    "ec2_instance_id", "gateway_timezone", "host_environment", "maintenance_start_time",
  ]
}

rule "aws_opsworks_ganglia_layer" {
  grant "credential" {
    principals = ["opsworks:${stack_id}/${coalesce(username, "opsworks")}"]
  }
}

rule "aws_opsworks_haproxy_layer" {
  grant "credential" {
    principals = ["opsworks:${stack_id}/${coalesce(stats_user, "opsworks")}"]
  }
}

rule "aws_opsworks_mysql_layer" {
  grant "credential" {
    when       = root_password != null
    principals = ["opsworks:${stack_id}/root"]
  }
}

# An imported certificate comes with its key; an authority of one's own vouches for whoever holds one that it issued.
rule "aws_acm_certificate" {
  identity {
    arn = generated(arn, "arn:${fact.partition}:acm:${local.place}:certificate/")
    id  = self.arn
  }
  grant "credential" {
    when       = private_key != null
    principals = ["acm:imported"]
  }
  grant "credential" {
    when       = certificate_authority_arn != null
    principals = ["${certificate_authority_arn}/${domain_name}"]
  }
  harmless = [
    "certificate_chain", "domain_validation_options", "early_renewal_duration", "not_after", "not_before", "options",
    "pending_renewal", "renewal_eligibility", "renewal_summary", "status", "validation_emails", "validation_method",
    "validation_option",
  ]
}

rule "aws_acmpca_certificate" {
  grant "credential" {
    principals = [certificate_authority_arn]
  }
}

# The password of a site.
rule "aws_amplify_app" {
  identity {
    arn = "arn:${fact.partition}:amplify:${local.place}:apps/${self.id}"
    id  = generated(id)
  }
  grant "credential" {
    when       = basic_auth_credentials != null || auto_branch_creation_config[0].basic_auth_credentials != null
    principals = ["amplify:${name}"]
  }
  limit "enable_basic_auth" {
    with_object = true
    value       = enable_basic_auth
    tight       = true
  }
  harmless = [
    "access_token", "auto_branch_creation_patterns", "build_spec", "cache_config", "custom_headers", "custom_rule",
    "default_domain", "enable_auto_branch_creation", "enable_branch_auto_build", "enable_branch_auto_deletion",
    "environment_variables", "oauth_token", "platform", "production_branch", "repository",
  ]
}

rule "aws_amplify_branch" {
  grant "credential" {
    when       = basic_auth_credentials != null
    principals = ["amplify:${app_id}/${branch_name}"]
  }
  limit "enable_basic_auth" {
    with_object = true
    value       = enable_basic_auth
    tight       = true
  }
  harmless = [
    "associated_resources", "backend_environment_arn", "custom_domains", "destination_branch", "display_name",
    "enable_auto_build", "enable_notification", "enable_performance_mode", "enable_pull_request_preview",
    "environment_variables", "framework", "pull_request_environment_name", "source_branch", "stage", "ttl",
  ]
}

# The address starts builds.
rule "aws_amplify_webhook" {
  grant "credential" {
    principals = ["amplify:${app_id}/${branch_name}"]
  }
}

# The password with which video is sent.
rule "aws_media_package_channel" {
  grant "credential" {
    principals = ["mediapackage:${channel_id}"]
  }
  harmless = ["hls_ingest"]
}

# Of provider 6.
rule "aws_odb_cloud_vm_cluster" {
  grant "credential" {
    principals = ["odb:${display_name}"]
  }
  harmless = [
    "cpu_core_count", "data_collection_options", "data_storage_size_in_tbs", "db_node_storage_size_in_gbs",
    "memory_size_in_gbs", "timezone",
  ]
}

# The key that signs mail in the name of a domain.
rule "aws_sesv2_email_identity" {
  identity {
    arn            = "arn:${fact.partition}:ses:${local.place}:identity/${email_identity}"
    email_identity = email_identity
    id             = email_identity
  }
  grant "credential" {
    when       = dkim_signing_attributes[0].domain_signing_private_key != null
    principals = ["ses:${email_identity}"]
  }
  harmless = ["configuration_set_name", "identity_type", "verified_for_sending_status"]
}

# Of provider 6.
rule "aws_timestreaminfluxdb_db_cluster" {
  grant "credential" {
    principals = ["timestream-influxdb:${name}/${username}"]
  }
  harmless = [
    "allocated_storage", "db_instance_type", "db_parameter_group_identifier", "db_storage_type", "failover_mode",
    "log_delivery_configuration",
  ]
}

# The keys of the tunnels, where the provider is not left to make them.
rule "aws_vpn_connection" {
  identity {
    arn = "arn:${fact.partition}:ec2:${local.place}:vpn-connection/${self.id}"
    id  = generated(id)
  }
  grant "credential" {
    when       = known_or(tunnel1_preshared_key, null) != null || known_or(tunnel2_preshared_key, null) != null
    principals = ["vpn:${customer_gateway_id}"]
  }
  harmless = [
    "core_network_arn", "core_network_attachment_arn", "customer_gateway_configuration", "enable_acceleration",
    "outside_ip_address_type", "preshared_key_arn", "routes", "static_routes_only", "transit_gateway_attachment_id",
    "tunnel1_address", "tunnel1_bgp_asn", "tunnel1_bgp_holdtime", "tunnel1_cgw_inside_address",
    "tunnel1_dpd_timeout_action", "tunnel1_dpd_timeout_seconds", "tunnel1_enable_tunnel_lifecycle_control",
    "tunnel1_log_options", "tunnel1_startup_action", "tunnel1_vgw_inside_address", "tunnel2_address", "tunnel2_bgp_asn",
    "tunnel2_bgp_holdtime", "tunnel2_cgw_inside_address", "tunnel2_dpd_timeout_action", "tunnel2_dpd_timeout_seconds",
    "tunnel2_enable_tunnel_lifecycle_control", "tunnel2_log_options", "tunnel2_startup_action",
    "tunnel2_vgw_inside_address", "vgw_telemetry",
  ]
}

rule "aws_elasticache_serverless_cache" {
  limit "user_group_id" {
    with_object = true
    value       = user_group_id
  }
}
