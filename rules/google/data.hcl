# Bindings on data.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

# A folder within a bucket may lie in another.
rule "google_storage_bucket_iam_*" {
  templates = ["iam"]
  locals { resource = "//storage.googleapis.com/${resource_name("*", trimprefix(bucket, "b/"))}" }
}

rule "google_storage_managed_folder_iam_*" {
  templates = ["iam"]
  locals {
    folder   = trimsuffix(managed_folder, "/")
    is_plain = !contains(split("/", local.folder), ".") && !contains(split("/", local.folder), "..")
    path     = local.is_plain ? local.folder : resource_name("*", local.folder)
    resource = "//storage.googleapis.com/${resource_name("*", trimprefix(bucket, "b/"))}/managedFolders/${local.path}"
  }
}

rule "google_bigquery_dataset_iam_*" {
  templates = ["iam"]
  locals {
    place    = "projects/${resource_name("*", local.project)}"
    resource = "//bigquery.googleapis.com/${local.place}/datasets/${resource_name("*", dataset_id)}"
  }
}

rule "google_bigquery_table_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/datasets/*/tables/*"
    resource = "//bigquery.googleapis.com/${resource_name(local.shape, table_id, local.project, dataset_id)}"
  }
}

rule "google_bigquery_connection_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/connections/*"
    resource = "//bigqueryconnection.googleapis.com/${resource_name(local.shape, connection_id, local.project, local.location)}"
  }
}

rule "google_bigquery_datapolicy_data_policy_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/dataPolicies/*"
    resource = "//bigquerydatapolicy.googleapis.com/${resource_name(local.shape, data_policy_id, local.project, local.location)}"
  }
}

rule "google_bigquery_analytics_hub_data_exchange_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/dataExchanges/*"
    resource = "//analyticshub.googleapis.com/${resource_name(local.shape, data_exchange_id, local.project, local.location)}"
  }
}

rule "google_bigquery_analytics_hub_listing_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/dataExchanges/*/listings/*"
    resource = "//analyticshub.googleapis.com/${resource_name(local.shape, listing_id, local.project, local.location, data_exchange_id)}"
  }
}

# These take plain names only.
rule "google_bigtable_instance_iam_*" {
  templates = ["iam"]
  locals {
    place    = "projects/${resource_name("*", local.project)}"
    resource = "//bigtableadmin.googleapis.com/${local.place}/instances/${resource_name("*", instance)}"
  }
}

rule "google_bigtable_table_iam_*" {
  templates = ["iam"]
  locals {
    place    = "projects/${resource_name("*", local.project)}/instances/${resource_name("*", coalesce(instance, instance_name))}"
    resource = "//bigtableadmin.googleapis.com/${local.place}/tables/${resource_name("*", table)}"
  }
}

rule "google_spanner_instance_iam_*" {
  templates = ["iam"]
  locals {
    place    = "projects/${resource_name("*", local.project)}"
    resource = "//spanner.googleapis.com/${local.place}/instances/${resource_name("*", instance)}"
  }
}

rule "google_spanner_database_iam_*" {
  templates = ["iam"]
  locals {
    place    = "projects/${resource_name("*", local.project)}/instances/${resource_name("*", instance)}"
    resource = "//spanner.googleapis.com/${local.place}/databases/${resource_name("*", database)}"
  }
}

rule "google_dataproc_cluster_iam_*" {
  templates = ["iam"]
  locals {
    place    = "projects/${resource_name("*", local.project)}/regions/${resource_name("*", local.region)}"
    resource = "//dataproc.googleapis.com/${local.place}/clusters/${resource_name("*", cluster)}"
  }
}

rule "google_dataproc_job_iam_*" {
  templates = ["iam"]
  locals {
    place    = "projects/${resource_name("*", local.project)}/regions/${resource_name("*", local.region)}"
    resource = "//dataproc.googleapis.com/${local.place}/jobs/${resource_name("*", job_id)}"
  }
}

rule "google_pubsub_topic_iam_*" {
  templates = ["iam"]
  locals { resource = "//pubsub.googleapis.com/${resource_name("projects/*/topics/*", topic, local.project)}" }
}

rule "google_pubsub_subscription_iam_*" {
  templates = ["iam"]
  locals { resource = "//pubsub.googleapis.com/${resource_name("projects/*/subscriptions/*", subscription, local.project)}" }
}

rule "google_pubsub_schema_iam_*" {
  templates = ["iam"]
  locals { resource = "//pubsub.googleapis.com/${resource_name("projects/*/schemas/*", schema, local.project)}" }
}

# A store or a data set is named by its whole name, by `PROJECT/LOCATION/…`, or by `LOCATION/…` in the provider's project.
rule "google_healthcare_dataset_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/datasets/*"
    id       = split("/", dataset_id)
    name     = (local.id[3] != null || local.id[1] == null ? resource_name(local.shape, dataset_id) : (
      local.id[2] != null
      ? resource_name(local.shape, local.id[2], local.id[0], local.id[1])
      : resource_name(local.shape, local.id[1], fact.project, local.id[0])
    ))
    resource = "//healthcare.googleapis.com/${local.name}"
  }
}

rule "google_healthcare_dicom_store_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/datasets/*/dicomStores/*"
    id       = split("/", dicom_store_id)
    name     = (local.id[4] != null || local.id[2] == null ? resource_name(local.shape, dicom_store_id) : (
      local.id[3] != null
      ? resource_name(local.shape, local.id[3], local.id[0], local.id[1], local.id[2])
      : resource_name(local.shape, local.id[2], fact.project, local.id[0], local.id[1])
    ))
    resource = "//healthcare.googleapis.com/${local.name}"
  }
}

rule "google_healthcare_fhir_store_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/datasets/*/fhirStores/*"
    id       = split("/", fhir_store_id)
    name     = (local.id[4] != null || local.id[2] == null ? resource_name(local.shape, fhir_store_id) : (
      local.id[3] != null
      ? resource_name(local.shape, local.id[3], local.id[0], local.id[1], local.id[2])
      : resource_name(local.shape, local.id[2], fact.project, local.id[0], local.id[1])
    ))
    resource = "//healthcare.googleapis.com/${local.name}"
  }
}

rule "google_healthcare_hl7_v2_store_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/datasets/*/hl7V2Stores/*"
    id       = split("/", hl7_v2_store_id)
    name     = (local.id[4] != null || local.id[2] == null ? resource_name(local.shape, hl7_v2_store_id) : (
      local.id[3] != null
      ? resource_name(local.shape, local.id[3], local.id[0], local.id[1], local.id[2])
      : resource_name(local.shape, local.id[2], fact.project, local.id[0], local.id[1])
    ))
    resource = "//healthcare.googleapis.com/${local.name}"
  }
}

rule "google_healthcare_consent_store_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/datasets/*/consentStores/*"
    parent   = resource_name("projects/*/locations/*/datasets/*", dataset)
    name     = (split("/", consent_store_id)[1] != null
      ? resource_name(local.shape, consent_store_id)
      : "${local.parent}/consentStores/${resource_name("*", consent_store_id)}")
    resource = "//healthcare.googleapis.com/${local.name}"
  }
}

rule "google_bigquery_routine_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/datasets/*/routines/*"
    resource = "//bigquery.googleapis.com/${resource_name(local.shape, routine_id, local.project, dataset_id)}"
  }
}

rule "google_bigquery_datapolicyv2_data_policy_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/dataPolicies/*"
    resource = "//bigquerydatapolicy.googleapis.com/${resource_name(local.shape, data_policy_id, local.project, local.location)}"
  }
}
