# Bindings on machines, disks, images and load balancers.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_compute_backend_bucket_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    resource = "//compute.googleapis.com/${resource_name("projects/*/global/backendBuckets/*", local.link, local.project)}"
  }
}

rule "google_compute_backend_service_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    resource = "//compute.googleapis.com/${resource_name("projects/*/global/backendServices/*", local.link, local.project)}"
  }
}

rule "google_compute_disk_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    resource = "//compute.googleapis.com/${resource_name("projects/*/zones/*/disks/*", local.link, local.project, zone)}"
  }
}

rule "google_compute_image_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = image
    resource = "//compute.googleapis.com/${resource_name("projects/*/global/images/*", local.link, local.project)}"
  }
}

rule "google_compute_instance_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = instance_name
    resource = "//compute.googleapis.com/${resource_name("projects/*/zones/*/instances/*", local.link, local.project, zone)}"
  }
}

rule "google_compute_instance_template_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    resource = "//compute.googleapis.com/${resource_name("projects/*/global/instanceTemplates/*", local.link, local.project)}"
  }
}

rule "google_compute_instant_snapshot_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    resource = "//compute.googleapis.com/${resource_name("projects/*/zones/*/instantSnapshots/*", local.link, local.project, zone)}"
  }
}

rule "google_compute_machine_image_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = machine_image
    resource = "//compute.googleapis.com/${resource_name("projects/*/global/machineImages/*", local.link, local.project)}"
  }
}

rule "google_compute_region_backend_service_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    resource = "//compute.googleapis.com/${resource_name("projects/*/regions/*/backendServices/*", local.link, local.project, local.region)}"
  }
}

rule "google_compute_region_disk_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    resource = "//compute.googleapis.com/${resource_name("projects/*/regions/*/disks/*", local.link, local.project, local.region)}"
  }
}

rule "google_compute_snapshot_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    resource = "//compute.googleapis.com/${resource_name("projects/*/global/snapshots/*", local.link, local.project)}"
  }
}

rule "google_compute_storage_pool_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    resource = "//compute.googleapis.com/${resource_name("projects/*/zones/*/storagePools/*", local.link, local.project, zone)}"
  }
}

rule "google_compute_subnetwork_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = subnetwork
    resource = "//compute.googleapis.com/${resource_name("projects/*/regions/*/subnetworks/*", local.link, local.project, local.region)}"
  }
}

rule "google_compute_firewall_policy_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    shape    = "locations/global/firewallPolicies/*"
    resource = "//compute.googleapis.com/${resource_name(local.shape, local.link)}"
  }
}

rule "google_compute_network_firewall_policy_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    shape    = "projects/*/global/firewallPolicies/*"
    resource = "//compute.googleapis.com/${resource_name(local.shape, local.link, local.project)}"
  }
}

rule "google_compute_region_backend_bucket_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    shape    = "projects/*/regions/*/backendBuckets/*"
    resource = "//compute.googleapis.com/${resource_name(local.shape, local.link, local.project, local.region)}"
  }
}

rule "google_compute_region_instant_snapshot_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    shape    = "projects/*/regions/*/instantSnapshots/*"
    resource = "//compute.googleapis.com/${resource_name(local.shape, local.link, local.project, local.region)}"
  }
}

rule "google_compute_region_network_firewall_policy_iam_*" {
  templates = ["compute_resource", "iam"]
  locals {
    name     = name
    shape    = "projects/*/regions/*/firewallPolicies/*"
    resource = "//compute.googleapis.com/${resource_name(local.shape, local.link, local.project, local.region)}"
  }
}
