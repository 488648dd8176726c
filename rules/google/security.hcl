# Bindings on identities, keys and secrets.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_service_account_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(service_account_id, "projects/") ? "//iam.googleapis.com/${service_account_id}" : "//iam.googleapis.com/projects/${coalesce(split(".", split("@", service_account_id)[1])[0], fact.project)}/serviceAccounts/${service_account_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(service_account_id, "projects/") ? "//iam.googleapis.com/${service_account_id}" : "//iam.googleapis.com/projects/${coalesce(split(".", split("@", service_account_id)[1])[0], fact.project)}/serviceAccounts/${service_account_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(service_account_id, "projects/") ? "//iam.googleapis.com/${service_account_id}" : "//iam.googleapis.com/projects/${coalesce(split(".", split("@", service_account_id)[1])[0], fact.project)}/serviceAccounts/${service_account_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_secret_manager_secret_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(secret_id, "projects/") ? "//secretmanager.googleapis.com/${secret_id}" : "//secretmanager.googleapis.com/projects/${known_or(project, fact.project)}/secrets/${secret_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(secret_id, "projects/") ? "//secretmanager.googleapis.com/${secret_id}" : "//secretmanager.googleapis.com/projects/${known_or(project, fact.project)}/secrets/${secret_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(secret_id, "projects/") ? "//secretmanager.googleapis.com/${secret_id}" : "//secretmanager.googleapis.com/projects/${known_or(project, fact.project)}/secrets/${secret_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_secret_manager_regional_secret_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(secret_id, "projects/") ? "//secretmanager.googleapis.com/${secret_id}" : "//secretmanager.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/secrets/${secret_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(secret_id, "projects/") ? "//secretmanager.googleapis.com/${secret_id}" : "//secretmanager.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/secrets/${secret_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(secret_id, "projects/") ? "//secretmanager.googleapis.com/${secret_id}" : "//secretmanager.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/secrets/${secret_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_kms_key_ring_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(key_ring_id, "projects/") ? "//cloudkms.googleapis.com/${key_ring_id}" : (
      split("/", key_ring_id)[2] != null
      ? "//cloudkms.googleapis.com/projects/${split("/", key_ring_id)[0]}/locations/${split("/", key_ring_id)[1]}/keyRings/${split("/", key_ring_id)[2]}"
      : "//cloudkms.googleapis.com/projects/${fact.project}/locations/${split("/", key_ring_id)[0]}/keyRings/${split("/", key_ring_id)[1]}"
    )]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(key_ring_id, "projects/") ? "//cloudkms.googleapis.com/${key_ring_id}" : (
      split("/", key_ring_id)[2] != null
      ? "//cloudkms.googleapis.com/projects/${split("/", key_ring_id)[0]}/locations/${split("/", key_ring_id)[1]}/keyRings/${split("/", key_ring_id)[2]}"
      : "//cloudkms.googleapis.com/projects/${fact.project}/locations/${split("/", key_ring_id)[0]}/keyRings/${split("/", key_ring_id)[1]}"
    )]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(key_ring_id, "projects/") ? "//cloudkms.googleapis.com/${key_ring_id}" : (
      split("/", key_ring_id)[2] != null
      ? "//cloudkms.googleapis.com/projects/${split("/", key_ring_id)[0]}/locations/${split("/", key_ring_id)[1]}/keyRings/${split("/", key_ring_id)[2]}"
      : "//cloudkms.googleapis.com/projects/${fact.project}/locations/${split("/", key_ring_id)[0]}/keyRings/${split("/", key_ring_id)[1]}"
    )]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_kms_crypto_key_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(crypto_key_id, "projects/") ? "//cloudkms.googleapis.com/${crypto_key_id}" : (
      split("/", crypto_key_id)[3] != null
      ? "//cloudkms.googleapis.com/projects/${split("/", crypto_key_id)[0]}/locations/${split("/", crypto_key_id)[1]}/keyRings/${split("/", crypto_key_id)[2]}/cryptoKeys/${split("/", crypto_key_id)[3]}"
      : "//cloudkms.googleapis.com/projects/${fact.project}/locations/${split("/", crypto_key_id)[0]}/keyRings/${split("/", crypto_key_id)[1]}/cryptoKeys/${split("/", crypto_key_id)[2]}"
    )]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(crypto_key_id, "projects/") ? "//cloudkms.googleapis.com/${crypto_key_id}" : (
      split("/", crypto_key_id)[3] != null
      ? "//cloudkms.googleapis.com/projects/${split("/", crypto_key_id)[0]}/locations/${split("/", crypto_key_id)[1]}/keyRings/${split("/", crypto_key_id)[2]}/cryptoKeys/${split("/", crypto_key_id)[3]}"
      : "//cloudkms.googleapis.com/projects/${fact.project}/locations/${split("/", crypto_key_id)[0]}/keyRings/${split("/", crypto_key_id)[1]}/cryptoKeys/${split("/", crypto_key_id)[2]}"
    )]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(crypto_key_id, "projects/") ? "//cloudkms.googleapis.com/${crypto_key_id}" : (
      split("/", crypto_key_id)[3] != null
      ? "//cloudkms.googleapis.com/projects/${split("/", crypto_key_id)[0]}/locations/${split("/", crypto_key_id)[1]}/keyRings/${split("/", crypto_key_id)[2]}/cryptoKeys/${split("/", crypto_key_id)[3]}"
      : "//cloudkms.googleapis.com/projects/${fact.project}/locations/${split("/", crypto_key_id)[0]}/keyRings/${split("/", crypto_key_id)[1]}/cryptoKeys/${split("/", crypto_key_id)[2]}"
    )]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_iam_workload_identity_pool_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//iam.googleapis.com/projects/${known_or(project, fact.project)}/locations/global/workloadIdentityPools/${workload_identity_pool_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//iam.googleapis.com/projects/${known_or(project, fact.project)}/locations/global/workloadIdentityPools/${workload_identity_pool_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//iam.googleapis.com/projects/${known_or(project, fact.project)}/locations/global/workloadIdentityPools/${workload_identity_pool_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_privateca_ca_pool_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(ca_pool, "projects/") ? "//privateca.googleapis.com/${ca_pool}" : "//privateca.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/caPools/${ca_pool}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(ca_pool, "projects/") ? "//privateca.googleapis.com/${ca_pool}" : "//privateca.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/caPools/${ca_pool}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(ca_pool, "projects/") ? "//privateca.googleapis.com/${ca_pool}" : "//privateca.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/caPools/${ca_pool}"]
  }
  mentions = [condition[0].title, condition[0].description]
}
