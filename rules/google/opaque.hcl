# What runs something that a plan does not show.

opaque {
  google_deployment_manager_deployment  = "applies a configuration of its own, which may hold bindings"
  google_bigquery_job                   = "runs SQL, which may grant"
  google_dataproc_job                   = "runs a program as the cluster's service account"
  google_dataflow_job                   = "runs a program as a service account"
  google_dataflow_flex_template_job     = "runs a program as a service account"
  google_colab_notebook_execution       = "runs a notebook as a user or a service account"
  google_os_config_patch_deployment     = "runs steps on instances"
  google_os_config_os_policy_assignment = "runs scripts on instances"
}

opaque "google_os_config_v2_policy_orchestrator*" { reason = "runs scripts on instances" }
