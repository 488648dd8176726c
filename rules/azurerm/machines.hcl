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
  harmless = [
    "additional_capabilities", "allow_extension_operations", "automatic_instance_repair", "automatic_os_upgrade_policy",
    "availability_set_id", "boot_diagnostics", "bypass_platform_safety_checks_on_user_schedule_enabled",
    "capacity_reservation_group_id", "computer_name_prefix", "dedicated_host_group_id", "dedicated_host_id",
    "disk_controller_type", "encryption_at_host_enabled", "eviction_policy", "extensions_time_budget", "hotpatching_enabled",
    "instances", "license_type", "max_bid_price", "network_interface", "network_interface_ids", "os_disk.disk_size_gb",
    "os_image_notification", "overprovision", "patch_assessment_mode", "patch_mode", "platform_fault_domain",
    "platform_fault_domain_count", "priority", "priority_mix", "provision_vm_agent", "proximity_placement_group_id",
    "reboot_setting", "rolling_upgrade_policy", "scale_in", "secure_boot_enabled", "single_placement_group", "size", "sku",
    "sku_name", "spot_restore", "termination_notification", "timezone", "upgrade_mode", "vm_agent_platform_updates_enabled",
    "vm_size", "vtpm_enabled", "zone_balance", "zones",
  ]
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
  harmless = ["scale_settings"]
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
  harmless = ["extension", "monitor"]
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
  harmless = [
    "auto_scale", "display_name", "fixed_scale", "max_tasks_per_node", "metadata", "stop_pending_resize_operation",
    "task_scheduling_policy",
  ]
}
