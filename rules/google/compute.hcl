# Bindings on what computes, and what it is built from.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_artifact_registry_repository_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(repository, "projects/")
      ? "//artifactregistry.googleapis.com/${repository}"
      : "//artifactregistry.googleapis.com/projects/${local.project}/locations/${location}/repositories/${repository}")
  }
}

rule "google_cloud_run_service_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(service, "projects/")
      ? "//run.googleapis.com/${service}"
      : "//run.googleapis.com/projects/${local.project}/locations/${location}/services/${service}")
  }
}

rule "google_cloud_run_v2_service_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(name, "projects/")
      ? "//run.googleapis.com/${name}"
      : "//run.googleapis.com/projects/${local.project}/locations/${location}/services/${name}")
  }
}

rule "google_cloud_run_v2_job_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(name, "projects/")
      ? "//run.googleapis.com/${name}"
      : "//run.googleapis.com/projects/${local.project}/locations/${location}/jobs/${name}")
  }
}

rule "google_cloud_run_v2_worker_pool_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(name, "projects/")
      ? "//run.googleapis.com/${name}"
      : "//run.googleapis.com/projects/${local.project}/locations/${location}/workerPools/${name}")
  }
}

rule "google_cloudfunctions_function_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(cloud_function, "projects/")
      ? "//cloudfunctions.googleapis.com/${cloud_function}"
      : "//cloudfunctions.googleapis.com/projects/${local.project}/locations/${region}/functions/${cloud_function}")
  }
}

rule "google_cloudfunctions2_function_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(cloud_function, "projects/")
      ? "//cloudfunctions.googleapis.com/${cloud_function}"
      : "//cloudfunctions.googleapis.com/projects/${local.project}/locations/${location}/functions/${cloud_function}")
  }
}

rule "google_cloud_tasks_queue_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(name, "projects/")
      ? "//cloudtasks.googleapis.com/${name}"
      : "//cloudtasks.googleapis.com/projects/${local.project}/locations/${location}/queues/${name}")
  }
}

rule "google_compute_instance_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name = instance_name
    path = "zones/${zone}/instances/${instance_name}"
  }
}

rule "google_compute_disk_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name = name
    path = "zones/${zone}/disks/${name}"
  }
}

rule "google_compute_image_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name = image
    path = "global/images/${image}"
  }
}

rule "google_compute_snapshot_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name = name
    path = "global/snapshots/${name}"
  }
}

rule "google_compute_instance_template_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name = name
    path = "global/instanceTemplates/${name}"
  }
}

rule "google_compute_subnetwork_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name = subnetwork
    path = "regions/${region}/subnetworks/${subnetwork}"
  }
}

rule "google_iap_tunnel_instance_iam_*" {
  templates = ["iam"]
  locals { resource = "//iap.googleapis.com/projects/${local.project}/iap_tunnel/zones/${zone}/instances/${instance}" }
}

rule "google_dns_managed_zone_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(managed_zone, "projects/")
      ? "//dns.googleapis.com/${managed_zone}"
      : "//dns.googleapis.com/projects/${local.project}/managedZones/${managed_zone}")
  }
}

rule "google_service_directory_namespace_iam_*" "google_service_directory_service_iam_*" {
  templates = ["iam"]
  locals { resource = "//servicedirectory.googleapis.com/${name}" }
}

rule "google_vertex_ai_featurestore_entitytype_iam_*" {
  templates = ["iam"]
  locals { resource = "//aiplatform.googleapis.com/${featurestore}/entityTypes/${entitytype}" }
}
