# Bindings on catalogues, lakes and what works on data.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_data_catalog_entry_group_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/entryGroups/*"
    resource = "//datacatalog.googleapis.com/${resource_name(local.shape, entry_group, local.project, local.region)}"
  }
}

rule "google_data_catalog_policy_tag_iam_*" {
  templates = ["iam"]
  locals { resource = "//datacatalog.googleapis.com/${resource_name("projects/*/locations/*/taxonomies/*/policyTags/*", policy_tag)}" }
}

rule "google_data_catalog_tag_template_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/tagTemplates/*"
    resource = "//datacatalog.googleapis.com/${resource_name(local.shape, tag_template, local.project, local.region)}"
  }
}

rule "google_data_catalog_taxonomy_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/taxonomies/*"
    resource = "//datacatalog.googleapis.com/${resource_name(local.shape, taxonomy, local.project, local.region)}"
  }
}

# The provider takes the region from the argument or, since 7, from the whole name: where they differ, it is not read.
rule "google_data_fusion_instance_iam_*" {
  templates = ["iam"]
  locals {
    name     = resource_name("projects/*/locations/*/instances/*", name, local.project, local.region)
    is_clear = split("/", local.name)[3] == local.region
    resource = "//datafusion.googleapis.com/${local.is_clear ? local.name : resource_name("*", "")}"
  }
}

rule "google_dataform_repository_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/repositories/*"
    resource = "//dataform.googleapis.com/${resource_name(local.shape, repository, local.project, local.region)}"
  }
}

rule "google_dataplex_aspect_type_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/aspectTypes/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, aspect_type_id, local.project, local.location)}"
  }
}

rule "google_dataplex_asset_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/lakes/*/zones/*/assets/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, asset, local.project, local.location, lake, dataplex_zone)}"
  }
}

rule "google_dataplex_datascan_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/dataScans/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, data_scan_id, local.project, local.location)}"
  }
}

rule "google_dataplex_entry_group_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/entryGroups/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, entry_group_id, local.project, local.location)}"
  }
}

rule "google_dataplex_entry_type_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/entryTypes/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, entry_type_id, local.project, local.location)}"
  }
}

rule "google_dataplex_glossary_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/glossaries/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, glossary_id, local.project, local.location)}"
  }
}

rule "google_dataplex_lake_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/lakes/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, lake, local.project, local.location)}"
  }
}

rule "google_dataplex_task_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/lakes/*/tasks/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, task_id, local.project, local.location, lake)}"
  }
}

rule "google_dataplex_zone_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/lakes/*/zones/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, dataplex_zone, local.project, local.location, lake)}"
  }
}

rule "google_dataproc_autoscaling_policy_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/autoscalingPolicies/*"
    resource = "//dataproc.googleapis.com/${resource_name(local.shape, policy_id, local.project, local.location)}"
  }
}

rule "google_dataproc_metastore_database_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/services/*/databases/*"
    resource = "//metastore.googleapis.com/${resource_name(local.shape, database, local.project, local.location, service_id)}"
  }
}

rule "google_dataproc_metastore_federation_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/federations/*"
    resource = "//metastore.googleapis.com/${resource_name(local.shape, federation_id, local.project, local.location)}"
  }
}

rule "google_dataproc_metastore_service_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/services/*"
    resource = "//metastore.googleapis.com/${resource_name(local.shape, service_id, local.project, local.location)}"
  }
}

rule "google_dataproc_metastore_table_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/services/*/databases/*/tables/*"
    resource = "//metastore.googleapis.com/${resource_name(local.shape, table, local.project, local.location, service_id, database_id)}"
  }
}

rule "google_biglake_hive_catalog_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/catalogs/*"
    resource = "//biglake.googleapis.com/${resource_name(local.shape, name, local.project)}"
  }
}

rule "google_biglake_hive_database_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/catalogs/*/namespaces/*"
    resource = "//biglake.googleapis.com/${resource_name(local.shape, name, local.project, catalog)}"
  }
}

rule "google_biglake_hive_table_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/catalogs/*/namespaces/*/tables/*"
    resource = "//biglake.googleapis.com/${resource_name(local.shape, name, local.project, catalog, database)}"
  }
}

rule "google_biglake_iceberg_catalog_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/catalogs/*"
    resource = "//biglake.googleapis.com/${resource_name(local.shape, name, local.project)}"
  }
}

rule "google_biglake_iceberg_namespace_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/catalogs/*/namespaces/*"
    resource = "//biglake.googleapis.com/${resource_name(local.shape, namespace_id, local.project, catalog)}"
  }
}

rule "google_biglake_iceberg_table_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/catalogs/*/namespaces/*/tables/*"
    resource = "//biglake.googleapis.com/${resource_name(local.shape, name, local.project, catalog, namespace)}"
  }
}

rule "google_dataplex_data_product_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/dataProducts/*"
    resource = "//dataplex.googleapis.com/${resource_name(local.shape, data_product_id, local.project, local.location)}"
  }
}
