# Bindings on what lies behind the identity-aware proxy.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_iap_app_engine_service_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/iap_web/appengine-*/services/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, service, local.project, app_id)}"
  }
}

rule "google_iap_app_engine_version_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/iap_web/appengine-*/services/*/versions/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, version_id, local.project, app_id, service)}"
  }
}

rule "google_iap_web_cloud_run_service_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/iap_web/cloud_run-*/services/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, cloud_run_service_name, local.project, local.location)}"
  }
}

rule "google_iap_tunnel_iam_*" {
  templates = ["iam"]
  locals { resource = "//iap.googleapis.com/${resource_name("projects/*/iap_tunnel", local.project)}" }
}

rule "google_iap_tunnel_dest_group_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/iap_tunnel/locations/*/destGroups/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, dest_group, local.project, local.region)}"
  }
}

rule "google_iap_tunnel_instance_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/iap_tunnel/zones/*/instances/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, instance, local.project, zone)}"
  }
}

rule "google_iap_web_iam_*" {
  templates = ["iam"]
  locals { resource = "//iap.googleapis.com/${resource_name("projects/*/iap_web", local.project)}" }
}

rule "google_iap_web_backend_service_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/iap_web/compute/services/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, web_backend_service, local.project)}"
  }
}

rule "google_iap_web_region_backend_service_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/iap_web/compute-*/services/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, web_region_backend_service, local.project, local.region)}"
  }
}

rule "google_iap_web_type_app_engine_iam_*" {
  templates = ["iam"]
  locals { resource = "//iap.googleapis.com/${resource_name("projects/*/iap_web/appengine-*", app_id, local.project)}" }
}

rule "google_iap_web_type_compute_iam_*" {
  templates = ["iam"]
  locals { resource = "//iap.googleapis.com/${resource_name("projects/*/iap_web/compute", local.project)}" }
}

rule "google_iap_agent_registry_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/iap_web/agentRegistry"
    resource = "//iap.googleapis.com/${resource_name(local.shape, local.location, local.project)}"
  }
}

rule "google_iap_agent_registry_agent_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/iap_web/agentRegistry/agents/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, agent_id, local.project, local.location)}"
  }
}

rule "google_iap_agent_registry_endpoint_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/iap_web/agentRegistry/endpoints/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, endpoint_id, local.project, local.location)}"
  }
}

rule "google_iap_agent_registry_mcp_server_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/iap_web/agentRegistry/mcpServers/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, mcp_server_id, local.project, local.location)}"
  }
}

rule "google_iap_location_web_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/iap_web"
    resource = "//iap.googleapis.com/${resource_name(local.shape, local.location, local.project)}"
  }
}

rule "google_iap_web_forwarding_rule_service_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/iap_web/forwarding_rule/services/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, forwarding_rule_service_name, local.project)}"
  }
}

rule "google_iap_web_region_forwarding_rule_service_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/iap_web/forwarding_rule-*/services/*"
    resource = "//iap.googleapis.com/${resource_name(local.shape, forwarding_rule_region_service_name, local.project, local.region)}"
  }
}
