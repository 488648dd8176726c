# Bindings on identities, keys and secrets.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

# The service takes the account's address for its name, so where the project of the path is not that of the address, the
# grant is on both.
rule "google_service_account_iam_*" {
  templates = ["iam"]
  locals {
    email_of   = coalesce(split("/serviceAccounts/", service_account_id)[1], service_account_id)
    project_of = coalesce(split(".", split("@", local.email_of)[1])[0], fact.project)
    is_custom  = endswith(local.email_of, ".iam.gserviceaccount.com")
    name       = resource_name("projects/*/serviceAccounts/*", service_account_id, local.project_of)
    is_own     = !local.is_custom || startswith(local.name, "projects/${local.project_of}/") || startswith(local.name, "projects/-/")
    resource   = concat(
      "//iam.googleapis.com/${local.name}",
      local.is_own ? null : "//iam.googleapis.com/projects/${local.project_of}/serviceAccounts/${local.email_of}",
    )
  }
}

rule "google_secret_manager_secret_iam_*" {
  templates = ["iam"]
  locals { resource = "//secretmanager.googleapis.com/${resource_name("projects/*/secrets/*", secret_id, local.project)}" }
}

rule "google_secret_manager_regional_secret_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/secrets/*"
    resource = "//secretmanager.googleapis.com/${resource_name(local.shape, secret_id, local.project, local.location)}"
  }
}

# A ring or a key is named by its whole name, by `PROJECT/LOCATION/…`, or by `LOCATION/…` in the provider's project.
rule "google_kms_key_ring_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/keyRings/*"
    id       = split("/", key_ring_id)
    name     = (local.id[3] != null || local.id[1] == null ? resource_name(local.shape, key_ring_id) : (
      local.id[2] != null
      ? resource_name(local.shape, local.id[2], local.id[0], local.id[1])
      : resource_name(local.shape, local.id[1], fact.project, local.id[0])
    ))
    resource = "//cloudkms.googleapis.com/${local.name}"
  }
}

rule "google_kms_crypto_key_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/keyRings/*/cryptoKeys/*"
    id       = split("/", crypto_key_id)
    name     = (local.id[4] != null || local.id[2] == null ? resource_name(local.shape, crypto_key_id) : (
      local.id[3] != null
      ? resource_name(local.shape, local.id[3], local.id[0], local.id[1], local.id[2])
      : resource_name(local.shape, local.id[2], fact.project, local.id[0], local.id[1])
    ))
    resource = "//cloudkms.googleapis.com/${local.name}"
  }
}

rule "google_kms_ekm_connection_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/ekmConnections/*"
    resource = "//cloudkms.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_iam_workload_identity_pool_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/global/workloadIdentityPools/*"
    resource = "//iam.googleapis.com/${resource_name(local.shape, workload_identity_pool_id, local.project)}"
  }
}

rule "google_privateca_ca_pool_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/caPools/*"
    resource = "//privateca.googleapis.com/${resource_name(local.shape, ca_pool, local.project, local.location)}"
  }
}

rule "google_privateca_certificate_template_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/certificateTemplates/*"
    resource = "//privateca.googleapis.com/${resource_name(local.shape, certificate_template, local.project, local.location)}"
  }
}
