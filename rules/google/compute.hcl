# Bindings on what computes, and what it is built from.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_artifact_registry_repository_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/repositories/*"
    resource = "//artifactregistry.googleapis.com/${resource_name(local.shape, repository, local.project, local.location)}"
  }
}

rule "google_cloud_run_service_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/services/*"
    resource = "//run.googleapis.com/${resource_name(local.shape, service, local.project, local.location)}"
  }
}

rule "google_cloud_run_v2_service_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/services/*"
    resource = "//run.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_cloud_run_v2_job_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/jobs/*"
    resource = "//run.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_cloud_run_v2_worker_pool_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/workerPools/*"
    resource = "//run.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_cloudfunctions_function_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/functions/*"
    resource = "//cloudfunctions.googleapis.com/${resource_name(local.shape, cloud_function, local.project, local.region)}"
  }
}

rule "google_cloudfunctions2_function_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/functions/*"
    resource = "//cloudfunctions.googleapis.com/${resource_name(local.shape, cloud_function, local.project, local.location)}"
  }
}

rule "google_cloud_tasks_queue_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/queues/*"
    resource = "//cloudtasks.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_dns_managed_zone_iam_*" {
  templates = ["iam"]
  locals { resource = "//dns.googleapis.com/${resource_name("projects/*/managedZones/*", managed_zone, local.project)}" }
}

rule "google_service_directory_namespace_iam_*" {
  templates = ["iam"]
  locals { resource = "//servicedirectory.googleapis.com/${resource_name("projects/*/locations/*/namespaces/*", name)}" }
}

rule "google_service_directory_service_iam_*" {
  templates = ["iam"]
  locals { resource = "//servicedirectory.googleapis.com/${resource_name("projects/*/locations/*/namespaces/*/services/*", name)}" }
}

rule "google_network_security_address_group_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/addressGroups/*"
    resource = "//networksecurity.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_gke_backup_backup_plan_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/backupPlans/*"
    resource = "//gkebackup.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_gke_backup_restore_plan_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/restorePlans/*"
    resource = "//gkebackup.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_gke_hub_membership_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/memberships/*"
    resource = "//gkehub.googleapis.com/${resource_name(local.shape, membership_id, local.project, local.location)}"
  }
}

rule "google_gke_hub_feature_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/features/*"
    resource = "//gkehub.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_gke_hub_scope_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/global/scopes/*"
    resource = "//gkehub.googleapis.com/${resource_name(local.shape, scope_id, local.project)}"
  }
}

rule "google_network_connectivity_hub_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/global/hubs/*"
    resource = "//networkconnectivity.googleapis.com/${resource_name(local.shape, hub, local.project)}"
  }
}
