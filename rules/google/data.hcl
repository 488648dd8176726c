# Bindings on data.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_storage_bucket_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//storage.googleapis.com/${trimprefix(bucket, "b/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//storage.googleapis.com/${trimprefix(bucket, "b/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//storage.googleapis.com/${trimprefix(bucket, "b/")}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_storage_managed_folder_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//storage.googleapis.com/${trimprefix(bucket, "b/")}/managedFolders/${trimsuffix(managed_folder, "/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//storage.googleapis.com/${trimprefix(bucket, "b/")}/managedFolders/${trimsuffix(managed_folder, "/")}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//storage.googleapis.com/${trimprefix(bucket, "b/")}/managedFolders/${trimsuffix(managed_folder, "/")}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_bigquery_dataset_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(dataset_id, "projects/") ? "//bigquery.googleapis.com/${dataset_id}" : "//bigquery.googleapis.com/projects/${known_or(project, fact.project)}/datasets/${dataset_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(dataset_id, "projects/") ? "//bigquery.googleapis.com/${dataset_id}" : "//bigquery.googleapis.com/projects/${known_or(project, fact.project)}/datasets/${dataset_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(dataset_id, "projects/") ? "//bigquery.googleapis.com/${dataset_id}" : "//bigquery.googleapis.com/projects/${known_or(project, fact.project)}/datasets/${dataset_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_bigquery_table_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(table_id, "projects/") ? "//bigquery.googleapis.com/${table_id}" : "//bigquery.googleapis.com/projects/${known_or(project, fact.project)}/datasets/${trimprefix(dataset_id, "projects/${known_or(project, fact.project)}/datasets/")}/tables/${table_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(table_id, "projects/") ? "//bigquery.googleapis.com/${table_id}" : "//bigquery.googleapis.com/projects/${known_or(project, fact.project)}/datasets/${trimprefix(dataset_id, "projects/${known_or(project, fact.project)}/datasets/")}/tables/${table_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(table_id, "projects/") ? "//bigquery.googleapis.com/${table_id}" : "//bigquery.googleapis.com/projects/${known_or(project, fact.project)}/datasets/${trimprefix(dataset_id, "projects/${known_or(project, fact.project)}/datasets/")}/tables/${table_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_pubsub_topic_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(topic, "projects/") ? "//pubsub.googleapis.com/${topic}" : "//pubsub.googleapis.com/projects/${known_or(project, fact.project)}/topics/${topic}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(topic, "projects/") ? "//pubsub.googleapis.com/${topic}" : "//pubsub.googleapis.com/projects/${known_or(project, fact.project)}/topics/${topic}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(topic, "projects/") ? "//pubsub.googleapis.com/${topic}" : "//pubsub.googleapis.com/projects/${known_or(project, fact.project)}/topics/${topic}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_pubsub_subscription_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(subscription, "projects/") ? "//pubsub.googleapis.com/${subscription}" : "//pubsub.googleapis.com/projects/${known_or(project, fact.project)}/subscriptions/${subscription}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(subscription, "projects/") ? "//pubsub.googleapis.com/${subscription}" : "//pubsub.googleapis.com/projects/${known_or(project, fact.project)}/subscriptions/${subscription}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(subscription, "projects/") ? "//pubsub.googleapis.com/${subscription}" : "//pubsub.googleapis.com/projects/${known_or(project, fact.project)}/subscriptions/${subscription}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_pubsub_schema_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(schema, "projects/") ? "//pubsub.googleapis.com/${schema}" : "//pubsub.googleapis.com/projects/${known_or(project, fact.project)}/schemas/${schema}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(schema, "projects/") ? "//pubsub.googleapis.com/${schema}" : "//pubsub.googleapis.com/projects/${known_or(project, fact.project)}/schemas/${schema}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(schema, "projects/") ? "//pubsub.googleapis.com/${schema}" : "//pubsub.googleapis.com/projects/${known_or(project, fact.project)}/schemas/${schema}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_spanner_instance_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(instance, "projects/") ? "//spanner.googleapis.com/${instance}" : "//spanner.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(instance, "projects/") ? "//spanner.googleapis.com/${instance}" : "//spanner.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(instance, "projects/") ? "//spanner.googleapis.com/${instance}" : "//spanner.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_spanner_database_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//spanner.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}/databases/${database}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//spanner.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}/databases/${database}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//spanner.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}/databases/${database}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_bigtable_instance_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(instance, "projects/") ? "//bigtableadmin.googleapis.com/${instance}" : "//bigtableadmin.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(instance, "projects/") ? "//bigtableadmin.googleapis.com/${instance}" : "//bigtableadmin.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(instance, "projects/") ? "//bigtableadmin.googleapis.com/${instance}" : "//bigtableadmin.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_data_catalog_policy_tag_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//datacatalog.googleapis.com/${policy_tag}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//datacatalog.googleapis.com/${policy_tag}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//datacatalog.googleapis.com/${policy_tag}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_healthcare_dataset_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(dataset_id, "projects/") ? "//healthcare.googleapis.com/${dataset_id}" : "//terraform.google/healthcare_dataset/${dataset_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(dataset_id, "projects/") ? "//healthcare.googleapis.com/${dataset_id}" : "//terraform.google/healthcare_dataset/${dataset_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(dataset_id, "projects/") ? "//healthcare.googleapis.com/${dataset_id}" : "//terraform.google/healthcare_dataset/${dataset_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_healthcare_dicom_store_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(dicom_store_id, "projects/") ? "//healthcare.googleapis.com/${dicom_store_id}" : "//terraform.google/healthcare_dicom_store/${dicom_store_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(dicom_store_id, "projects/") ? "//healthcare.googleapis.com/${dicom_store_id}" : "//terraform.google/healthcare_dicom_store/${dicom_store_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(dicom_store_id, "projects/") ? "//healthcare.googleapis.com/${dicom_store_id}" : "//terraform.google/healthcare_dicom_store/${dicom_store_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_healthcare_fhir_store_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(fhir_store_id, "projects/") ? "//healthcare.googleapis.com/${fhir_store_id}" : "//terraform.google/healthcare_fhir_store/${fhir_store_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(fhir_store_id, "projects/") ? "//healthcare.googleapis.com/${fhir_store_id}" : "//terraform.google/healthcare_fhir_store/${fhir_store_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(fhir_store_id, "projects/") ? "//healthcare.googleapis.com/${fhir_store_id}" : "//terraform.google/healthcare_fhir_store/${fhir_store_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_healthcare_hl7_v2_store_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = [startswith(hl7_v2_store_id, "projects/") ? "//healthcare.googleapis.com/${hl7_v2_store_id}" : "//terraform.google/healthcare_hl7_v2_store/${hl7_v2_store_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = [startswith(hl7_v2_store_id, "projects/") ? "//healthcare.googleapis.com/${hl7_v2_store_id}" : "//terraform.google/healthcare_hl7_v2_store/${hl7_v2_store_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = [startswith(hl7_v2_store_id, "projects/") ? "//healthcare.googleapis.com/${hl7_v2_store_id}" : "//terraform.google/healthcare_hl7_v2_store/${hl7_v2_store_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_healthcare_consent_store_iam_*" {
  grant "additive" {
    when       = member != null
    principals = [member]
    roles      = [role]
    resources  = ["//healthcare.googleapis.com/${dataset}/consentStores/${consent_store_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    resources  = ["//healthcare.googleapis.com/${dataset}/consentStores/${consent_store_id}"]
    expression = condition[0].expression
  }
  grant "exclusive" {
    document  = policy_data
    resources = ["//healthcare.googleapis.com/${dataset}/consentStores/${consent_store_id}"]
  }
  mentions = [condition[0].title, condition[0].description]
}
