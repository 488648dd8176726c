# What runs something that a plan does not show.

opaque "google_deployment_manager_deployment" {
  reason = "applies a configuration of its own, which may hold bindings"
}

opaque "google_bigquery_job" {
  reason = "runs SQL, which may grant"
}

opaque "google_dataproc_job" {
  reason = "runs a program as the cluster's service account"
}

opaque "google_dataflow_job" {
  reason = "runs a program as a service account"
}

opaque "google_dataflow_flex_template_job" {
  reason = "runs a program as a service account"
}

opaque "google_colab_notebook_execution" {
  reason = "runs a notebook as a user or a service account"
}

opaque "google_os_config_patch_deployment" {
  reason = "runs steps on instances"
}

opaque "google_os_config_os_policy_assignment" {
  reason = "runs scripts on instances"
}

opaque "google_os_config_v2_policy_orchestrator*" {
  reason = "runs scripts on instances"
}
