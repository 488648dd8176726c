# Who has a project.

rule "mongodbatlas_project" {
  grant "opaque" {
    for_each = teams
    reason   = "gives a team roles in a project"
  }
  grant "opaque" {
    when   = project_owner_id != null && project_owner_id != ""
    reason = "gives a project an owner"
  }
  limit "place" {
    with_object = true
    value       = [org_id, region_usage_restrictions]
  }
  harmless = [
    "is_collect_database_specifics_statistics_enabled", "is_data_explorer_enabled",
    "is_extended_storage_sizes_enabled", "is_performance_advisor_enabled", "is_realtime_performance_panel_enabled",
    "is_schema_advisor_enabled", "is_slow_operation_thresholding_enabled", "limits", "name", "tags",
    "with_default_alerts_settings",
  ]
}
