# Objects of Unity Catalog: an owner may do everything with one and grant it on. An owner that nobody names is the one who
# applies. https://docs.databricks.com/data-governance/unity-catalog/manage-privileges/ownership.html

rule "databricks_schema" "databricks_volume" "databricks_registered_model" {
  harmless = ["enable_predictive_optimization", "force_destroy", "properties"]
  grant "opaque" {
    when   = known_or(owner, "") != ""
    reason = "gives an object an owner"
  }
}

# A view reads what its owner reads.
rule "databricks_sql_table" "databricks_table" {
  grant "opaque" {
    when   = known_or(owner, "") != ""
    reason = "gives an object an owner"
  }
  limit "view_definition" {
    with_object = true
    value       = view_definition
  }
  harmless = ["cluster_keys", "column.comment", "properties", "warehouse_id"]
}

# The only principal that can be named is `users`: everybody in the workspace.
rule "databricks_secret_scope" {
  grant "opaque" {
    when   = known_or(initial_manage_principal, "") != ""
    reason = "lets every user of the workspace read and write the secrets of a scope"
  }
  grant "opaque" {
    for_each = keyvault_metadata
    reason   = "reads the secrets of a key vault"
  }
}
