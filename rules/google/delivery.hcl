# Bindings on source code, builds, deployments and gateways.
# Full resource names: https://cloud.google.com/asset-inventory/docs/asset-names

rule "google_api_gateway_api_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/global/apis/*"
    resource = "//apigateway.googleapis.com/${resource_name(local.shape, api, local.project)}"
  }
}

rule "google_api_gateway_api_config_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/global/apis/*/configs/*"
    resource = "//apigateway.googleapis.com/${resource_name(local.shape, api_config, local.project, api)}"
  }
}

rule "google_api_gateway_gateway_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/gateways/*"
    resource = "//apigateway.googleapis.com/${resource_name(local.shape, gateway, local.project, local.region)}"
  }
}

rule "google_beyondcorp_application_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/global/securityGateways/*/applications/*"
    resource = "//beyondcorp.googleapis.com/${resource_name(local.shape, application_id, local.project, security_gateways_id)}"
  }
}

rule "google_beyondcorp_security_gateway_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/securityGateways/*"
    resource = "//beyondcorp.googleapis.com/${resource_name(local.shape, security_gateway_id, local.project, local.location)}"
  }
}

rule "google_beyondcorp_security_gateway_application_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/global/securityGateways/*/applications/*"
    resource = "//beyondcorp.googleapis.com/${resource_name(local.shape, application_id, local.project, security_gateway_id)}"
  }
}

rule "google_binary_authorization_attestor_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/attestors/*"
    resource = "//binaryauthorization.googleapis.com/${resource_name(local.shape, attestor, local.project)}"
  }
}

rule "google_cloudbuildv2_connection_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/connections/*"
    resource = "//cloudbuild.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_clouddeploy_custom_target_type_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/customTargetTypes/*"
    resource = "//clouddeploy.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_clouddeploy_delivery_pipeline_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/deliveryPipelines/*"
    resource = "//clouddeploy.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_clouddeploy_target_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/targets/*"
    resource = "//clouddeploy.googleapis.com/${resource_name(local.shape, name, local.project, local.location)}"
  }
}

rule "google_container_analysis_note_iam_*" {
  templates = ["iam"]
  locals { resource = "//containeranalysis.googleapis.com/${resource_name("projects/*/notes/*", note, local.project)}" }
}

rule "google_gemini_repository_group_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/codeRepositoryIndexes/*/repositoryGroups/*"
    resource = "//cloudaicompanion.googleapis.com/${local.name}"
    name     = resource_name(
      local.shape, repository_group_id, local.project,
      local.location, code_repository_index,
    )
  }
}

rule "google_runtimeconfig_config_iam_*" {
  templates = ["iam"]
  locals { resource = "//runtimeconfig.googleapis.com/${resource_name("projects/*/configs/*", config, local.project)}" }
}

rule "google_secure_source_manager_instance_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/instances/*"
    resource = "//securesourcemanager.googleapis.com/${resource_name(local.shape, instance_id, local.project, local.location)}"
  }
}

rule "google_secure_source_manager_repository_iam_*" {
  templates = ["iam"]
  locals {
    shape    = "projects/*/locations/*/repositories/*"
    resource = "//securesourcemanager.googleapis.com/${resource_name(local.shape, repository_id, local.project, local.location)}"
  }
}

rule "google_sourcerepo_repository_iam_*" {
  templates = ["iam"]
  locals { resource = "//sourcerepo.googleapis.com/${resource_name("projects/*/repos/*", repository, local.project)}" }
}
