# Lists of access that a store keeps itself, beside RBAC.
# https://learn.microsoft.com/azure/storage/blobs/data-lake-storage-access-control

template "posix" {
  needs = ["path"]
  grant "exclusive" {
    for_each     = ace
    configured   = "ace"
    principals   = ["${each.type}:${each.id == "" ? "owning" : coalesce(each.id, "owning")}"]
    data_actions = ["posix:${coalesce(each.scope, "access")}:${each.permissions}"]
    resources    = [local.path]
  }
  grant "additive" {
    configured   = "owner"
    when         = owner != null
    principals   = ["user:${owner}"]
    data_actions = ["posix:owner"]
    resources    = [local.path]
  }
  grant "additive" {
    configured   = "group"
    when         = group != null
    principals   = ["group:${group}"]
    data_actions = ["posix:owning-group"]
    resources    = [local.path]
  }
}

rule "azurerm_storage_data_lake_gen2_filesystem" {
  templates = ["posix"]
  locals { path = "${storage_account_id}/blobServices/default/containers/${name}" }
}

rule "azurerm_storage_data_lake_gen2_path" {
  templates = ["posix"]
  locals { path = "${storage_account_id}/blobServices/default/containers/${filesystem_name}/${path}" }
}

# A stored policy is what signed addresses refer to: it makes none, but says what those that exist may do, and until when.
rule "azurerm_storage_share" {
  grant "exclusive" {
    for_each     = acl
    principals   = ["storedPolicy:${each.id}"]
    data_actions = ["file:${each.access_policy[0].permissions}"]
    resources    = [coalesce("${storage_account_id}/fileServices/default/shares/${name}", "${storage_account_name}/${name}")]
  }
}

rule "azurerm_storage_table" {
  grant "exclusive" {
    for_each     = acl
    principals   = ["storedPolicy:${each.id}"]
    data_actions = ["table:${each.access_policy[0].permissions}"]
    resources    = ["${storage_account_name}/${name}"]
  }
}

rule "azurerm_storage_account_network_rules" {
  limit "private_link_access" {
    value = private_link_access
  }
  limit "rules" {
    value = [default_action, bypass, ip_rules, virtual_network_subnet_ids]
  }
}

rule "azurerm_storage_container_immutability_policy" {
  limit "immutability" {
    value = [immutability_period_in_days, locked, protected_append_writes_enabled, protected_append_writes_all_enabled]
  }
}
