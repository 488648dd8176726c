# Passwords, SSH keys and programs of machines.

template "machine" {
  needs = ["machine"]
  grant "credential" {
    when       = admin_password != null && admin_password != ""
    principals = ["machine:${local.machine}/${coalesce(admin_username, "administrator")}"]
  }
  grant "credential" {
    for_each   = admin_ssh_key
    principals = ["machine:${local.machine}/${each.username}"]
  }
  grant "opaque" {
    when   = custom_data != null || user_data != null || user_data_base64 != null
    reason = "runs a script on a machine, as its identity"
  }
  grant "opaque" {
    for_each = extension
    reason   = "runs a program on machines"
  }
  grant "opaque" {
    for_each = gallery_application
    reason   = "runs a program on machines"
  }
  grant "opaque" {
    for_each = additional_unattend_content
    reason   = "runs commands when a machine begins"
  }
  limit "disable_password_authentication" {
    value       = disable_password_authentication
    tight       = true
    with_object = true
  }
}

rule "azurerm_linux_virtual_machine" "azurerm_windows_virtual_machine" {
  templates = ["machine"]
  locals { machine = "${local.group}/providers/Microsoft.Compute/virtualMachines/${name}" }
}

rule "azurerm_linux_virtual_machine_scale_set" "azurerm_windows_virtual_machine_scale_set" {
  templates = ["machine"]
  locals { machine = "${local.group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}" }
}

rule "azurerm_orchestrated_virtual_machine_scale_set" {
  templates = ["machine"]
  locals {
    machine = "${local.group}/providers/Microsoft.Compute/virtualMachineScaleSets/${name}"
    linux   = os_profile[0].linux_configuration[0]
    windows = os_profile[0].windows_configuration[0]
  }
  grant "credential" {
    when       = local.linux.admin_password != null
    principals = ["machine:${local.machine}/${local.linux.admin_username}"]
  }
  grant "credential" {
    for_each   = local.linux.admin_ssh_key
    principals = ["machine:${local.machine}/${each.username}"]
  }
  grant "credential" {
    when       = local.windows.admin_password != null
    principals = ["machine:${local.machine}/${local.windows.admin_username}"]
  }
  grant "opaque" {
    when   = os_profile[0].custom_data != null
    reason = "runs a script on a machine, as its identity"
  }
}

rule "azurerm_virtual_machine" "azurerm_virtual_machine_scale_set" {
  templates = ["machine"]
  locals { machine = "${local.group}/providers/Microsoft.Compute/virtualMachines/${name}" }
  grant "credential" {
    when       = os_profile[0].admin_password != null
    principals = ["machine:${local.machine}/${os_profile[0].admin_username}"]
  }
  grant "credential" {
    for_each   = os_profile_linux_config[0].ssh_keys
    principals = ["machine:${local.machine}${each.path}"]
  }
  grant "opaque" {
    when   = os_profile[0].custom_data != null
    reason = "runs a script on a machine, as its identity"
  }
  grant "opaque" {
    for_each = os_profile_windows_config[0].additional_unattend_config
    reason   = "runs commands when a machine begins"
  }
}

rule "azurerm_dev_test_linux_virtual_machine" "azurerm_dev_test_windows_virtual_machine" {
  grant "credential" {
    principals = ["machine:${local.group}/labs/${lab_name}/${name}/${username}"]
  }
}

rule "azurerm_machine_learning_compute_cluster" {
  grant "credential" {
    for_each   = ssh
    principals = ["nodes:${machine_learning_workspace_id}/computes/${name}/${each.admin_username}"]
  }
}

rule "azurerm_workloads_sap_single_node_virtual_instance" "azurerm_workloads_sap_three_tier_virtual_instance" {
  grant "credential" {
    principals = ["machine:${local.group}/providers/Microsoft.Workloads/sapVirtualInstances/${name}"]
  }
}

# Nodes of a cluster and its gateway, with their passwords and keys.
rule "azurerm_hdinsight_*_cluster" {
  grant "credential" {
    principals = ["cluster:${local.group}/providers/Microsoft.HDInsight/clusters/${name}"]
  }
  limit "security_profile" {
    value       = security_profile
    with_object = true
  }
}

rule "azurerm_batch_pool" {
  grant "opaque" {
    for_each = start_task
    reason   = "runs a command on each node of a pool"
  }
  grant "opaque" {
    for_each = extensions
    reason   = "runs a program on each node of a pool"
  }
  grant "credential" {
    for_each   = user_accounts
    principals = ["nodes:${local.group}/providers/Microsoft.Batch/batchAccounts/${account_name}/pools/${name}/${each.name}"]
  }
}
