# The metadata of machines: SSH keys in it open the machine, and a startup script in it runs on the machine as its
# service account. https://cloud.google.com/compute/docs/connect/add-ssh-keys

locals {
  scripts = [
    "startup-script", "startup-script-url", "shutdown-script", "shutdown-script-url", "post-startup-script",
    "post-startup-script-url", "user-data", "gce-container-declaration",
  ]
}

template "instance_metadata" {
  needs = ["metadata", "machine"]
  locals { keys = keys(local.metadata) }
  grant "credential" {
    when       = contains(local.keys, "ssh-keys") || contains(local.keys, "sshKeys")
    principals = ["instances:projects/${local.machine}"]
  }
  grant "opaque" {
    for_each = local.keys
    when     = (contains(local.scripts, each)
      || startswith(each, "windows-startup-script") || startswith(each, "windows-shutdown-script")
      || startswith(each, "sysprep-specialize-script"))
    reason   = "runs a script on a machine, as its service account"
  }
  # Without OS Login the keys of the metadata decide who gets in.
  limit "enable-oslogin" {
    value       = local.metadata["enable-oslogin"]
    with_object = true
  }
  limit "block-project-ssh-keys" {
    value       = local.metadata["block-project-ssh-keys"]
    with_object = true
  }
  harmless = [
    "accelerator_config", "advanced_machine_features", "all_instances_config.labels", "allow_stopping_for_update",
    "auto_healing_policies", "base_instance_name", "boot_disk_size_gb", "can_ip_forward", "confidential_instance_config",
    "data_disk_size_gb", "desired_state", "desired_status", "enable_display", "gce_setup.accelerator_configs",
    "gce_setup.boot_disk.disk_size_gb", "gce_setup.data_disks.disk_size_gb", "gce_setup.disable_public_ip",
    "gce_setup.machine_type", "gce_setup.network_interfaces", "gce_setup.shielded_instance_config", "gce_setup.tags",
    "guest_accelerator", "hostname", "install_gpu_driver", "instance_lifecycle_policy", "key_revocation_action_type",
    "list_managed_instances_results", "machine_type", "min_cpu_platform", "minimal_action", "most_disruptive_allowed_action",
    "named_port", "network_interface", "network_performance_config", "params.resource_manager_tags", "reservation_affinity",
    "resource_policies", "scheduling", "scratch_disk", "shielded_instance_config", "standby_policy", "stateful_external_ip",
    "stateful_internal_ip", "tags", "target_pools", "target_size", "target_stopped_size", "target_suspended_size",
    "update_policy", "wait_for_instances", "wait_for_instances_status",
  ]
}

# Keys in the metadata of a project open every instance that does not refuse them.
rule "google_compute_project_metadata" {
  templates = ["instance_metadata"]
  locals {
    metadata = metadata
    machine  = local.project
  }
}

rule "google_compute_project_metadata_item" {
  grant "credential" {
    when       = contains(["ssh-keys", "sshKeys"], key)
    principals = ["instances:projects/${local.project}"]
  }
  grant "opaque" {
    when = (contains(local.scripts, key)
      || startswith(key, "windows-startup-script") || startswith(key, "windows-shutdown-script")
      || startswith(key, "sysprep-specialize-script"))
    reason = "runs a script on every instance of the project"
  }
  limit "enable-oslogin" {
    when    = key == "enable-oslogin"
    value   = key == "enable-oslogin" ? lower(value) : "true"
    default = "true"
  }
}

rule "google_compute_instance_settings" {
  templates = ["instance_metadata"]
  locals {
    metadata = metadata[0].items
    machine  = "${local.project}/zones/${zone}"
  }
}

rule "google_compute_instance" "google_compute_instance_from_template" "google_compute_instance_from_machine_image" {
  templates = ["instance_metadata"]
  locals {
    metadata = metadata
    machine  = "${local.project}/zones/${zone}/instances/${name}"
  }
  grant "opaque" {
    when   = metadata_startup_script != null && metadata_startup_script != ""
    reason = "runs a script on a machine, as its service account"
  }
}

rule "google_compute_instance_template" "google_compute_region_instance_template" {
  templates = ["instance_metadata"]
  locals {
    metadata = metadata
    machine  = "${local.project}/instanceTemplates/${coalesce(name, name_prefix, "-")}"
  }
  grant "opaque" {
    when   = metadata_startup_script != null && metadata_startup_script != ""
    reason = "runs a script on each machine of the template, as its service account"
  }
}

# What machines of a group have besides their template; the template is judged where it is made.
rule "google_compute_instance_group_manager" {
  templates = ["instance_metadata"]
  locals {
    metadata = all_instances_config[0].metadata
    machine  = "${local.project}/zones/${zone}/instanceGroupManagers/${name}"
  }
}

rule "google_compute_region_instance_group_manager" {
  templates = ["instance_metadata"]
  locals {
    metadata = all_instances_config[0].metadata
    machine  = "${local.project}/regions/${local.region}/instanceGroupManagers/${name}"
  }
}

rule "google_compute_per_instance_config" {
  templates = ["instance_metadata"]
  locals {
    metadata = preserved_state[0].metadata
    machine  = "${local.project}/zones/${zone}/instanceGroupManagers/${instance_group_manager}/instances/${name}"
  }
}

rule "google_compute_region_per_instance_config" {
  templates = ["instance_metadata"]
  locals {
    metadata = preserved_state[0].metadata
    machine  = "${local.project}/regions/${local.region}/instanceGroupManagers/${region_instance_group_manager}/instances/${name}"
  }
}

rule "google_tpu_v2_vm" {
  templates = ["instance_metadata"]
  locals {
    metadata = metadata
    machine  = "${local.project}/zones/${zone}/tpus/${name}"
  }
}

# Whoever owns a notebook acts as its service account.
rule "google_workbench_instance" {
  templates = ["instance_metadata"]
  locals {
    metadata = gce_setup[0].metadata
    machine  = "${local.project}/locations/${location}/instances/${name}"
  }
  grant "exclusive" {
    when       = instance_owners[0] != null
    principals = "user:${instance_owners}"
    roles      = ["notebook-owner"]
    resources  = ["//notebooks.googleapis.com/projects/${local.project}/locations/${location}/instances/${name}"]
  }
}

rule "google_notebooks_instance" {
  templates = ["instance_metadata"]
  locals {
    metadata = metadata
    machine  = "${local.project}/locations/${location}/instances/${name}"
  }
  grant "exclusive" {
    when       = instance_owners[0] != null
    principals = "user:${instance_owners}"
    roles      = ["notebook-owner"]
    resources  = ["//notebooks.googleapis.com/projects/${local.project}/locations/${location}/instances/${name}"]
  }
  grant "opaque" {
    when   = post_startup_script != null && post_startup_script != ""
    reason = "runs a script on a machine, as its service account"
  }
}

rule "google_notebooks_runtime" {
  templates = ["instance_metadata"]
  locals {
    metadata = virtual_machine[0].virtual_machine_config[0].metadata
    machine  = "${local.project}/locations/${location}/runtimes/${name}"
    script   = software_config[0].post_startup_script
  }
  grant "exclusive" {
    when       = access_config[0].runtime_owner != null
    principals = ["user:${access_config[0].runtime_owner}"]
    roles      = ["notebook-owner"]
    resources  = ["//notebooks.googleapis.com/projects/${local.project}/locations/${location}/runtimes/${name}"]
  }
  grant "opaque" {
    when   = local.script != null && local.script != ""
    reason = "runs a script on a machine"
  }
}

rule "google_colab_runtime_template" {
  locals { script = software_config[0].post_startup_script_config[0] }
  grant "opaque" {
    when   = local.script.post_startup_script != null || local.script.post_startup_script_url != null
    reason = "runs a script on each machine of the template"
  }
}
