# Bindings on identities, keys and secrets.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_service_account_iam_*" {
  templates = ["iam"]
  locals {
    project_of = coalesce(split(".", split("@", service_account_id)[1])[0], fact.project)
    resource   = (startswith(service_account_id, "projects/")
      ? "//iam.googleapis.com/${service_account_id}"
      : "//iam.googleapis.com/projects/${local.project_of}/serviceAccounts/${service_account_id}")
  }
}

rule "google_secret_manager_secret_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(secret_id, "projects/")
      ? "//secretmanager.googleapis.com/${secret_id}"
      : "//secretmanager.googleapis.com/projects/${local.project}/secrets/${secret_id}")
  }
}

rule "google_secret_manager_regional_secret_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(secret_id, "projects/")
      ? "//secretmanager.googleapis.com/${secret_id}"
      : "//secretmanager.googleapis.com/projects/${local.project}/locations/${location}/secrets/${secret_id}")
  }
}

rule "google_kms_key_ring_iam_*" {
  templates = ["iam"]
  locals {
    parts    = split("/", key_ring_id)
    resource = (startswith(key_ring_id, "projects/") ? "//cloudkms.googleapis.com/${key_ring_id}" : (
      local.parts[2] != null
      ? "//cloudkms.googleapis.com/projects/${local.parts[0]}/locations/${local.parts[1]}/keyRings/${local.parts[2]}"
      : "//cloudkms.googleapis.com/projects/${fact.project}/locations/${local.parts[0]}/keyRings/${local.parts[1]}"
    ))
  }
}

rule "google_kms_crypto_key_iam_*" {
  templates = ["iam"]
  locals {
    parts       = split("/", crypto_key_id)
    of_project  = "${local.parts[0]}/locations/${local.parts[1]}/keyRings/${local.parts[2]}/cryptoKeys/${local.parts[3]}"
    of_provider = "${fact.project}/locations/${local.parts[0]}/keyRings/${local.parts[1]}/cryptoKeys/${local.parts[2]}"
    resource    = (startswith(crypto_key_id, "projects/") ? "//cloudkms.googleapis.com/${crypto_key_id}" : (
      local.parts[3] != null
      ? "//cloudkms.googleapis.com/projects/${local.of_project}"
      : "//cloudkms.googleapis.com/projects/${local.of_provider}"
    ))
  }
}

rule "google_iam_workload_identity_pool_iam_*" {
  templates = ["iam"]
  locals {
    resource = "//iam.googleapis.com/projects/${local.project}/locations/global/workloadIdentityPools/${workload_identity_pool_id}"
  }
}

rule "google_privateca_ca_pool_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(ca_pool, "projects/")
      ? "//privateca.googleapis.com/${ca_pool}"
      : "//privateca.googleapis.com/projects/${local.project}/locations/${location}/caPools/${ca_pool}")
  }
}
