# What runs something that a plan does not show.

opaque "azurerm_*_template_deployment" {
  reason = "applies a template of its own, which may hold role assignments"
}

opaque "azurerm_resource_deployment_script_*" {
  reason = "runs a script as an identity"
}

opaque "azurerm_virtual_machine_run_command" {
  reason = "runs a script on a machine"
}

opaque "azurerm_virtual_machine_extension" {
  reason = "runs a program on a machine"
}

opaque "azurerm_virtual_machine_scale_set_extension" {
  reason = "runs a program on machines"
}

opaque "azurerm_arc_machine_extension" {
  reason = "runs a program on a machine"
}

opaque "azurerm_stack_hci_extension" {
  reason = "runs a program on machines"
}

opaque "azurerm_kubernetes_cluster_extension" {
  reason = "installs a chart into a cluster"
}

opaque "azurerm_arc_kubernetes_cluster_extension" {
  reason = "installs a chart into a cluster"
}

opaque "azurerm_kubernetes_flux_configuration" {
  reason = "applies manifests from a repository to a cluster"
}

opaque "azurerm_arc_kubernetes_flux_configuration" {
  reason = "applies manifests from a repository to a cluster"
}

opaque "azurerm_kusto_script" {
  reason = "runs commands in a database, which may grant"
}

opaque "azurerm_mssql_job_step" {
  reason = "runs SQL, which may grant"
}

opaque "azurerm_automation_job_schedule" {
  reason = "runs a runbook as an identity"
}

opaque "azurerm_automation_runbook" {
  reason = "is a script that runs as an identity"
}

opaque "azurerm_container_registry_task_schedule_run_now" {
  reason = "runs a build"
}

opaque "azurerm_blueprint_assignment" {
  reason = "applies a blueprint, which may hold role assignments"
}

opaque "azurerm_managed_application" {
  reason = "applies a publisher's template, which may hold role assignments"
}

opaque "azurerm_*_policy_remediation" {
  reason = "deploys what a policy says, as the policy's identity"
}

opaque "azurerm_batch_job" {
  reason = "runs commands on a pool"
}
