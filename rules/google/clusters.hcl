# Clusters of Kubernetes: who administers one, and what opens one.

rule "google_container_attached_cluster" {
  locals { cluster = "//gkemulticloud.googleapis.com/projects/${local.project}/locations/${location}/attachedClusters/${name}" }
  grant "exclusive" {
    when       = authorization[0].admin_users[0] != null || authorization[0].admin_groups[0] != null
    principals = concat("user:${authorization[0].admin_users}", "group:${authorization[0].admin_groups}")
    roles      = ["cluster-admin"]
    resources  = [local.cluster]
  }
  # Tokens of this issuer are identities of the cluster.
  grant "trust" {
    for_each   = oidc_config
    principals = ["issuer:${each.issuer_url}"]
    actions    = ["sts:exchange"]
    resources  = [local.cluster]
  }
  limit "binary_authorization" {
    value       = binary_authorization
    with_object = true
  }
  harmless = [
    "annotations", "control_plane.instance_type", "control_plane.tags", "control_plane.version", "control_plane.vm_size",
    "logging_config", "monitoring_config", "platform_version",
  ]
}

rule "google_container_aws_cluster" {
  grant "exclusive" {
    principals = concat("user:${authorization[0].admin_users[*].username}", "group:${authorization[0].admin_groups[*].group}")
    roles      = ["cluster-admin"]
    resources  = ["//gkemulticloud.googleapis.com/projects/${local.project}/locations/${location}/awsClusters/${name}"]
  }
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["aws:iam:PassRole", "aws:sts:AssumeRole"]
    resources  = [control_plane[0].iam_instance_profile, control_plane[0].aws_services_authentication[0].role_arn]
  }
  grant "credential" {
    when       = control_plane[0].ssh_config[0].ec2_key_pair != null
    principals = ["instances:projects/${local.project}/locations/${location}/awsClusters/${name}"]
  }
  limit "binary_authorization" {
    value       = binary_authorization
    with_object = true
  }
  harmless = [
    "annotations", "control_plane.instance_type", "control_plane.tags", "control_plane.version", "control_plane.vm_size",
    "logging_config", "monitoring_config", "platform_version",
  ]
}

rule "google_container_aws_node_pool" {
  grant "additive" {
    principals = ["Service:${type}"]
    actions    = ["aws:iam:PassRole"]
    resources  = [config[0].iam_instance_profile]
  }
  grant "credential" {
    when       = config[0].ssh_config[0].ec2_key_pair != null
    principals = ["instances:projects/${local.project}/locations/${location}/awsClusters/${cluster}/awsNodePools/${name}"]
  }
  harmless = [
    "annotations", "autoscaling", "config.instance_type", "config.labels", "config.tags", "config.taints", "kubelet_config",
    "management", "update_settings", "version",
  ]
}

rule "google_container_azure_cluster" {
  grant "exclusive" {
    principals = concat("user:${authorization[0].admin_users[*].username}", "group:${authorization[0].admin_groups[*].group}")
    roles      = ["cluster-admin"]
    resources  = ["//gkemulticloud.googleapis.com/projects/${local.project}/locations/${location}/azureClusters/${name}"]
  }
  grant "credential" {
    when       = control_plane[0].ssh_config[0].authorized_key != null
    principals = ["instances:projects/${local.project}/locations/${location}/azureClusters/${name}"]
  }
  harmless = [
    "annotations", "control_plane.instance_type", "control_plane.tags", "control_plane.version", "control_plane.vm_size",
    "logging_config", "monitoring_config", "platform_version",
  ]
}

rule "google_container_azure_node_pool" {
  grant "credential" {
    when       = config[0].ssh_config[0].authorized_key != null
    principals = ["instances:projects/${local.project}/locations/${location}/azureClusters/${cluster}/azureNodePools/${name}"]
  }
  harmless = ["annotations", "autoscaling", "config.labels", "config.tags", "config.vm_size", "management", "version"]
}

rule "google_edgecontainer_cluster" {
  grant "exclusive" {
    principals = ["user:${authorization[0].admin_users[0].username}"]
    roles      = ["cluster-admin"]
    resources  = ["//edgecontainer.googleapis.com/projects/${local.project}/locations/${location}/clusters/${name}"]
  }
  harmless = ["default_max_pods_per_node", "maintenance_policy", "release_channel", "target_version"]
}

rule "google_gkeonprem_bare_metal_cluster" "google_gkeonprem_bare_metal_admin_cluster" {
  locals { users = security_config[0].authorization[0].admin_users[*].username }
  grant "exclusive" {
    when       = local.users[0] != null
    principals = "user:${local.users}"
    roles      = ["cluster-admin"]
    resources  = ["//gkeonprem.googleapis.com/projects/${local.project}/locations/${location}/${trimprefix(type, "google_gkeonprem_")}/${name}"]
  }
  harmless = [
    "annotations", "auto_repair_config", "bare_metal_version", "control_plane_node", "load_balancer", "maintenance_config",
    "network_config", "on_prem_version",
  ]
}

rule "google_gkeonprem_vmware_cluster" {
  locals { users = authorization[0].admin_users[*].username }
  grant "exclusive" {
    when       = local.users[0] != null
    principals = "user:${local.users}"
    roles      = ["cluster-admin"]
    resources  = ["//gkeonprem.googleapis.com/projects/${local.project}/locations/${location}/vmware_cluster/${name}"]
  }
  harmless = [
    "annotations", "auto_repair_config", "bare_metal_version", "control_plane_node", "load_balancer", "maintenance_config",
    "network_config", "on_prem_version",
  ]
}

rule "google_gkeonprem_vmware_admin_cluster" {
  locals { users = authorization[0].viewer_users[*].username }
  grant "exclusive" {
    when       = local.users[0] != null
    principals = "user:${local.users}"
    roles      = ["cluster-viewer"]
    resources  = ["//gkeonprem.googleapis.com/projects/${local.project}/locations/${location}/vmware_admin_cluster/${name}"]
  }
  harmless = [
    "annotations", "auto_repair_config", "bare_metal_version", "control_plane_node", "load_balancer", "maintenance_config",
    "network_config", "on_prem_version",
  ]
}

# A certificate or the old way of authorization opens a cluster past IAM.
rule "google_container_cluster" {
  locals { cluster = "//container.googleapis.com/projects/${local.project}/locations/${location}/clusters/${name}" }
  grant "credential" {
    when       = master_auth[0].client_certificate_config[0].issue_client_certificate == true
    principals = ["clusterCertificate:${local.cluster}"]
  }
  grant "additive" {
    when       = enable_legacy_abac == true
    principals = ["serviceAccounts:${local.cluster}"]
    roles      = ["cluster-admin"]
    resources  = [local.cluster]
  }
  limit "binary_authorization" {
    value       = binary_authorization
    with_object = true
  }
  limit "workload_metadata_config" {
    value       = node_config[0].workload_metadata_config
    with_object = true
  }
  limit "authenticator_groups_config" {
    value       = authenticator_groups_config
    with_object = true
  }
  limit "anonymous_authentication_config" {
    value       = anonymous_authentication_config
    with_object = true
  }
  limit "rbac_binding_config" {
    value       = rbac_binding_config
    with_object = true
  }
  harmless = [
    "addons_config", "cluster_telemetry", "cost_management_config", "datapath_provider", "default_max_pods_per_node",
    "default_snat_status", "dns_config", "enable_intranode_visibility", "enable_l4_ilb_subsetting", "gateway_api_config",
    "gke_auto_upgrade_config", "initial_node_count", "ip_allocation_policy", "logging_config", "logging_service",
    "maintenance_policy", "master_authorized_networks_config", "min_master_version", "monitoring_config",
    "monitoring_service", "node_locations", "node_version", "notification_config", "pod_autoscaling", "release_channel",
    "remove_default_node_pool", "resource_labels", "resource_usage_export_config", "vertical_pod_autoscaling",
  ]
}

rule "google_container_node_pool" {
  limit "workload_metadata_config" {
    value       = node_config[0].workload_metadata_config
    with_object = true
  }
}

# The issuer of a member's tokens becomes an issuer of the fleet's pool of identities.
rule "google_gke_hub_membership" {
  grant "trust" {
    for_each   = authority
    principals = ["issuer:${each.issuer}"]
    actions    = ["sts:exchange"]
    resources  = ["//gkehub.googleapis.com/projects/${local.project}/locations/${coalesce(location, "global")}/memberships/${membership_id}"]
  }
}

rule "google_managed_kafka_cluster" {
  grant "trust" {
    for_each   = tls_config[0].trust_config[0].cas_configs
    principals = ["certificates:${each.ca_pool}"]
    actions    = ["kafka:connect"]
    resources  = ["//managedkafka.googleapis.com/projects/${local.project}/locations/${location}/clusters/${cluster_id}"]
  }
  limit "ssl_principal_mapping_rules" {
    value       = tls_config[0].ssl_principal_mapping_rules
    with_object = true
  }
  harmless = ["capacity_config", "gcp_config.access_config", "rebalance_config"]
}
