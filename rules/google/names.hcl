# What a reference to an object means that bindings name, while the plan does not know it.

# What a project inherits changes with its parent.
rule "google_project" {
  identity {
    project_id = project_id
    id         = "projects/${project_id}"
    number     = generated(number)
  }
  limit "parent" {
    value       = [org_id, folder_id]
    with_object = true
  }
}

rule "google_secret_manager_secret" {
  identity {
    id        = "projects/${local.project}/secrets/${secret_id}"
    secret_id = secret_id
  }
}

rule "google_secret_manager_regional_secret" {
  identity {
    id = "projects/${local.project}/locations/${location}/secrets/${secret_id}"
  }
}

# The version is a number; whatever it is, it is of this secret.
rule "google_secret_manager_secret_version" {
  identity {
    version = generated(version)
  }
}

rule "google_kms_key_ring" {
  identity {
    id = "projects/${local.project}/locations/${location}/keyRings/${name}"
  }
}

rule "google_kms_crypto_key" {
  identity {
    id = "${key_ring}/cryptoKeys/${name}"
  }
  limit "key_access_justifications_policy" {
    value       = key_access_justifications_policy
    with_object = true
  }
}

rule "google_pubsub_topic" {
  identity {
    id = "projects/${local.project}/topics/${name}"
  }
}

rule "google_pubsub_subscription" {
  identity {
    id = "projects/${local.project}/subscriptions/${name}"
  }
}

rule "google_artifact_registry_repository" {
  identity {
    id = "projects/${local.project}/locations/${location}/repositories/${repository_id}"
  }
}

rule "google_cloud_run_v2_job" {
  identity {
    id = "projects/${local.project}/locations/${location}/jobs/${name}"
  }
}

rule "google_cloud_run_service" {
  identity {
    name = name
  }
}

rule "google_cloudfunctions2_function" {
  identity {
    id = "projects/${local.project}/locations/${location}/functions/${name}"
  }
}

rule "google_cloudfunctions_function" {
  identity {
    id = "projects/${local.project}/locations/${known_or(region, fact.region)}/functions/${name}"
  }
}

# https://cloud.google.com/compute/docs/reference/rest/v1: the last parts of links to what Compute Engine has.
rule "google_compute_network" {
  identity {
    id        = "projects/${local.project}/global/networks/${name}"
    self_link = "https://www.googleapis.com/compute/v1/projects/${local.project}/global/networks/${name}"
  }
}

rule "google_compute_subnetwork" {
  locals { place = "projects/${local.project}/regions/${known_or(region, fact.region)}/subnetworks/${name}" }
  identity {
    id        = local.place
    self_link = "https://www.googleapis.com/compute/v1/${local.place}"
  }
}
