# Bindings on models, notebooks and workstations.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_vertex_ai_endpoint_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/endpoints/*"
    resource = "//aiplatform.googleapis.com/${resource_name(local.shape, endpoint, local.project, local.location)}"
  }
}

rule "google_vertex_ai_feature_group_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/featureGroups/*"
    resource = "//aiplatform.googleapis.com/${resource_name(local.shape, feature_group, local.project, local.region)}"
  }
}

rule "google_vertex_ai_feature_online_store_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/featureOnlineStores/*"
    resource = "//aiplatform.googleapis.com/${resource_name(local.shape, feature_online_store, local.project, local.region)}"
  }
}

rule "google_vertex_ai_featurestore_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/featurestores/*"
    resource = "//aiplatform.googleapis.com/${resource_name(local.shape, featurestore, local.project, local.region)}"
  }
}

# A whole name tells the store and the view; project and region are the arguments'.
rule "google_vertex_ai_feature_online_store_featureview_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/featureOnlineStores/*/featureViews/*"
    parts    = split("/", resource_name(local.shape, feature_view, local.project, local.region, feature_online_store))
    place    = "projects/${resource_name("*", local.project)}/locations/${resource_name("*", local.region)}"
    resource = "//aiplatform.googleapis.com/${local.place}/featureOnlineStores/${local.parts[5]}/featureViews/${local.parts[7]}"
  }
}

rule "google_vertex_ai_featurestore_entitytype_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/featurestores/*/entityTypes/*"
    parent   = resource_name("projects/*/locations/*/featurestores/*", featurestore)
    name     = (split("/", entitytype)[1] != null
      ? resource_name(local.shape, entitytype)
      : "${local.parent}/entityTypes/${resource_name("*", entitytype)}")
    resource = "//aiplatform.googleapis.com/${local.name}"
  }
}

rule "google_colab_runtime_template_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/notebookRuntimeTemplates/*"
    resource = "//aiplatform.googleapis.com/${resource_name(local.shape, runtime_template, local.project, local.location)}"
  }
}

rule "google_notebooks_instance_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/instances/*"
    resource = "//notebooks.googleapis.com/${resource_name(local.shape, instance_name, local.project, local.location)}"
  }
}

rule "google_notebooks_runtime_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/runtimes/*"
    resource = "//notebooks.googleapis.com/${resource_name(local.shape, runtime_name, local.project, local.location)}"
  }
}

rule "google_workbench_instance_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/instances/*"
    resource = "//notebooks.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_workstations_workstation_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/workstationClusters/*/workstationConfigs/*/workstations/*"
    resource = "//workstations.googleapis.com/${local.name}"
    name     = resource_name(
      local.shape, workstation_id, local.project,
      local.location, workstation_cluster_id, workstation_config_id,
    )
  }
}

rule "google_workstations_workstation_config_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/workstationClusters/*/workstationConfigs/*"
    resource = "//workstations.googleapis.com/${local.name}"
    name     = resource_name(
      local.shape, workstation_config_id, local.project,
      local.location, workstation_cluster_id,
    )
  }
}

rule "google_discovery_engine_search_engine_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/collections/*/engines/*"
    resource = "//discoveryengine.googleapis.com/${resource_name(local.shape, engine_id, local.project, local.location, collection_id)}"
  }
}

rule "google_vertex_ai_reasoning_engine_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/reasoningEngines/*"
    resource = "//aiplatform.googleapis.com/${resource_name(local.shape, reasoning_engine, local.project, local.region)}"
  }
}
