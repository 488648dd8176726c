# Bindings on what computes, and what it is built from.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_artifact_registry_repository_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(repository, "projects/") ? "//artifactregistry.googleapis.com/${repository}" : "//artifactregistry.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/repositories/${repository}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(repository, "projects/") ? "//artifactregistry.googleapis.com/${repository}" : "//artifactregistry.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/repositories/${repository}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(repository, "projects/") ? "//artifactregistry.googleapis.com/${repository}" : "//artifactregistry.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/repositories/${repository}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_cloud_run_service_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(service, "projects/") ? "//run.googleapis.com/${service}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/services/${service}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(service, "projects/") ? "//run.googleapis.com/${service}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/services/${service}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(service, "projects/") ? "//run.googleapis.com/${service}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/services/${service}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_cloud_run_v2_service_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(name, "projects/") ? "//run.googleapis.com/${name}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/services/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(name, "projects/") ? "//run.googleapis.com/${name}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/services/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(name, "projects/") ? "//run.googleapis.com/${name}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/services/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_cloud_run_v2_job_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(name, "projects/") ? "//run.googleapis.com/${name}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/jobs/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(name, "projects/") ? "//run.googleapis.com/${name}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/jobs/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(name, "projects/") ? "//run.googleapis.com/${name}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/jobs/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_cloud_run_v2_worker_pool_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(name, "projects/") ? "//run.googleapis.com/${name}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/workerPools/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(name, "projects/") ? "//run.googleapis.com/${name}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/workerPools/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(name, "projects/") ? "//run.googleapis.com/${name}" : "//run.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/workerPools/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_cloudfunctions_function_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(cloud_function, "projects/") ? "//cloudfunctions.googleapis.com/${cloud_function}" : "//cloudfunctions.googleapis.com/projects/${known_or(project, fact.project)}/locations/${region}/functions/${cloud_function}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(cloud_function, "projects/") ? "//cloudfunctions.googleapis.com/${cloud_function}" : "//cloudfunctions.googleapis.com/projects/${known_or(project, fact.project)}/locations/${region}/functions/${cloud_function}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(cloud_function, "projects/") ? "//cloudfunctions.googleapis.com/${cloud_function}" : "//cloudfunctions.googleapis.com/projects/${known_or(project, fact.project)}/locations/${region}/functions/${cloud_function}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_cloudfunctions2_function_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(cloud_function, "projects/") ? "//cloudfunctions.googleapis.com/${cloud_function}" : "//cloudfunctions.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/functions/${cloud_function}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(cloud_function, "projects/") ? "//cloudfunctions.googleapis.com/${cloud_function}" : "//cloudfunctions.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/functions/${cloud_function}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(cloud_function, "projects/") ? "//cloudfunctions.googleapis.com/${cloud_function}" : "//cloudfunctions.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/functions/${cloud_function}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_cloud_tasks_queue_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(name, "projects/") ? "//cloudtasks.googleapis.com/${name}" : "//cloudtasks.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/queues/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(name, "projects/") ? "//cloudtasks.googleapis.com/${name}" : "//cloudtasks.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/queues/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(name, "projects/") ? "//cloudtasks.googleapis.com/${name}" : "//cloudtasks.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/queues/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_compute_instance_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(instance_name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(instance_name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/zones/${zone}/instances/${instance_name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(instance_name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(instance_name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/zones/${zone}/instances/${instance_name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(trimprefix(trimprefix(instance_name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(instance_name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/zones/${zone}/instances/${instance_name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_compute_disk_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/zones/${zone}/disks/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/zones/${zone}/disks/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/zones/${zone}/disks/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_compute_image_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(image, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(image, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/global/images/${image}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(image, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(image, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/global/images/${image}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(trimprefix(trimprefix(image, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(image, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/global/images/${image}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_compute_snapshot_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/global/snapshots/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/global/snapshots/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/global/snapshots/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_compute_instance_template_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/global/instanceTemplates/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/global/instanceTemplates/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(name, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/global/instanceTemplates/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_compute_subnetwork_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(subnetwork, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(subnetwork, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/regions/${region}/subnetworks/${subnetwork}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(trimprefix(trimprefix(subnetwork, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(subnetwork, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/regions/${region}/subnetworks/${subnetwork}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(trimprefix(trimprefix(subnetwork, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/"), "projects/") ? "//compute.googleapis.com/${trimprefix(trimprefix(subnetwork, "https://www.googleapis.com/compute/v1/"), "https://compute.googleapis.com/compute/v1/")}" : "//compute.googleapis.com/projects/${known_or(project, fact.project)}/regions/${region}/subnetworks/${subnetwork}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_iap_tunnel_instance_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//iap.googleapis.com/projects/${known_or(project, fact.project)}/iap_tunnel/zones/${zone}/instances/${instance}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//iap.googleapis.com/projects/${known_or(project, fact.project)}/iap_tunnel/zones/${zone}/instances/${instance}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//iap.googleapis.com/projects/${known_or(project, fact.project)}/iap_tunnel/zones/${zone}/instances/${instance}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_dns_managed_zone_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(managed_zone, "projects/") ? "//dns.googleapis.com/${managed_zone}" : "//dns.googleapis.com/projects/${known_or(project, fact.project)}/managedZones/${managed_zone}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(managed_zone, "projects/") ? "//dns.googleapis.com/${managed_zone}" : "//dns.googleapis.com/projects/${known_or(project, fact.project)}/managedZones/${managed_zone}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(managed_zone, "projects/") ? "//dns.googleapis.com/${managed_zone}" : "//dns.googleapis.com/projects/${known_or(project, fact.project)}/managedZones/${managed_zone}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_service_directory_namespace_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//servicedirectory.googleapis.com/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//servicedirectory.googleapis.com/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//servicedirectory.googleapis.com/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_service_directory_service_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//servicedirectory.googleapis.com/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//servicedirectory.googleapis.com/${name}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//servicedirectory.googleapis.com/${name}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_vertex_ai_featurestore_entitytype_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//aiplatform.googleapis.com/${featurestore}/entityTypes/${entitytype}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//aiplatform.googleapis.com/${featurestore}/entityTypes/${entitytype}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//aiplatform.googleapis.com/${featurestore}/entityTypes/${entitytype}"]
  }
  mentions = [condition[0].title, condition[0].description]
}
