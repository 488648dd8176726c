# Who may change a dashboard or a monitor.

rule "datadog_dashboard" {
  limit "restricted_roles" {
    with_object = true
    value       = [restricted_roles, is_read_only]
  }
}

rule "datadog_dashboard_json" {
  limit "restricted_roles" {
    with_object = true
    value       = [json(dashboard).restricted_roles, json(dashboard).is_read_only]
  }
}

rule "datadog_monitor" {
  limit "restricted_roles" {
    with_object = true
    value       = [restricted_roles, locked]
  }
}

rule "datadog_monitor_json" {
  limit "restricted_roles" {
    with_object = true
    value       = json(monitor).restricted_roles
  }
}
