# What runs something that a plan does not show.

opaque {
  azurerm_virtual_machine_run_command              = "runs a script on a machine"
  azurerm_virtual_machine_extension                = "runs a program on a machine"
  azurerm_virtual_machine_scale_set_extension      = "runs a program on machines"
  azurerm_arc_machine_extension                    = "runs a program on a machine"
  azurerm_stack_hci_extension                      = "runs a program on machines"
  azurerm_kubernetes_cluster_extension             = "installs a chart into a cluster"
  azurerm_arc_kubernetes_cluster_extension         = "installs a chart into a cluster"
  azurerm_kubernetes_flux_configuration            = "applies manifests from a repository to a cluster"
  azurerm_arc_kubernetes_flux_configuration        = "applies manifests from a repository to a cluster"
  azurerm_kusto_script                             = "runs commands in a database, which may grant"
  azurerm_mssql_job_step                           = "runs SQL, which may grant"
  azurerm_automation_job_schedule                  = "runs a runbook as an identity"
  azurerm_automation_runbook                       = "is a script that runs as an identity"
  azurerm_container_registry_task_schedule_run_now = "runs a build"
  azurerm_blueprint_assignment                     = "applies a blueprint, which may hold role assignments"
  azurerm_managed_application                      = "applies a publisher's template, which may hold role assignments"
  azurerm_batch_job                                = "runs commands on a pool"
}

opaque "azurerm_*_template_deployment" { reason = "applies a template of its own, which may hold role assignments" }
opaque "azurerm_resource_deployment_script_*" { reason = "runs a script as an identity" }
opaque "azurerm_*_policy_remediation" { reason = "deploys what a policy says, as the policy's identity" }
