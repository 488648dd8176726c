# Bindings on data.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_storage_bucket_iam_*" {
  templates = ["iam"]
  locals { resource = "//storage.googleapis.com/${trimprefix(bucket, "b/")}" }
}

rule "google_storage_managed_folder_iam_*" {
  templates = ["iam"]
  locals {
    resource = "//storage.googleapis.com/${trimprefix(bucket, "b/")}/managedFolders/${trimsuffix(managed_folder, "/")}"
  }
}

rule "google_bigquery_dataset_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(dataset_id, "projects/")
      ? "//bigquery.googleapis.com/${dataset_id}"
      : "//bigquery.googleapis.com/projects/${local.project}/datasets/${dataset_id}")
  }
}

rule "google_bigquery_table_iam_*" {
  templates = ["iam"]
  locals {
    dataset  = trimprefix(dataset_id, "projects/${local.project}/datasets/")
    resource = (startswith(table_id, "projects/")
      ? "//bigquery.googleapis.com/${table_id}"
      : "//bigquery.googleapis.com/projects/${local.project}/datasets/${local.dataset}/tables/${table_id}")
  }
}

rule "google_pubsub_topic_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(topic, "projects/")
      ? "//pubsub.googleapis.com/${topic}"
      : "//pubsub.googleapis.com/projects/${local.project}/topics/${topic}")
  }
}

rule "google_pubsub_subscription_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(subscription, "projects/")
      ? "//pubsub.googleapis.com/${subscription}"
      : "//pubsub.googleapis.com/projects/${local.project}/subscriptions/${subscription}")
  }
}

rule "google_pubsub_schema_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(schema, "projects/")
      ? "//pubsub.googleapis.com/${schema}"
      : "//pubsub.googleapis.com/projects/${local.project}/schemas/${schema}")
  }
}

rule "google_spanner_instance_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(instance, "projects/")
      ? "//spanner.googleapis.com/${instance}"
      : "//spanner.googleapis.com/projects/${local.project}/instances/${instance}")
  }
}

rule "google_spanner_database_iam_*" {
  templates = ["iam"]
  locals { resource = "//spanner.googleapis.com/projects/${local.project}/instances/${instance}/databases/${database}" }
}

rule "google_bigtable_instance_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(instance, "projects/")
      ? "//bigtableadmin.googleapis.com/${instance}"
      : "//bigtableadmin.googleapis.com/projects/${local.project}/instances/${instance}")
  }
}

rule "google_data_catalog_policy_tag_iam_*" {
  templates = ["iam"]
  locals { resource = "//datacatalog.googleapis.com/${policy_tag}" }
}

rule "google_healthcare_dataset_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(dataset_id, "projects/")
      ? "//healthcare.googleapis.com/${dataset_id}"
      : "//terraform.google/healthcare_dataset/${dataset_id}")
  }
}

rule "google_healthcare_dicom_store_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(dicom_store_id, "projects/")
      ? "//healthcare.googleapis.com/${dicom_store_id}"
      : "//terraform.google/healthcare_dicom_store/${dicom_store_id}")
  }
}

rule "google_healthcare_fhir_store_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(fhir_store_id, "projects/")
      ? "//healthcare.googleapis.com/${fhir_store_id}"
      : "//terraform.google/healthcare_fhir_store/${fhir_store_id}")
  }
}

rule "google_healthcare_hl7_v2_store_iam_*" {
  templates = ["iam"]
  locals {
    resource = (startswith(hl7_v2_store_id, "projects/")
      ? "//healthcare.googleapis.com/${hl7_v2_store_id}"
      : "//terraform.google/healthcare_hl7_v2_store/${hl7_v2_store_id}")
  }
}

rule "google_healthcare_consent_store_iam_*" {
  templates = ["iam"]
  locals { resource = "//healthcare.googleapis.com/${dataset}/consentStores/${consent_store_id}" }
}
