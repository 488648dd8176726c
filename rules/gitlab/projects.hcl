# Groups and projects: https://docs.gitlab.com/user/public_access/
#
# Both are private unless they say otherwise; `internal` is everybody who is signed in.

rule "gitlab_group" {
  grant "opaque" {
    when   = contains(["internal", "public"], known_or(visibility_level, "private"))
    reason = "shows a group to everybody, or to everybody who is signed in"
  }
  # Whoever is in a group is in the groups and projects below it.
  limit "parent_id" {
    with_object = true
    value       = parent_id
  }
  limit "protection" {
    with_object = true
    value       = [default_branch_protection, default_branch_protection_defaults, push_rules]
  }
  limit "members" {
    with_object = true
    value       = [allowed_email_domains_list, ip_restriction_ranges, project_creation_level, subgroup_creation_level]
  }
  limit "membership_lock" {
    with_object = true
    value       = membership_lock
    tight       = true
  }
  limit "prevent_forking_outside_group" {
    with_object = true
    value       = prevent_forking_outside_group
    tight       = true
  }
  limit "require_two_factor_authentication" {
    with_object = true
    value       = require_two_factor_authentication
    tight       = true
  }
  limit "two_factor_grace_period" {
    with_object = true
    value       = two_factor_grace_period
  }
  limit "wiki_access_level" {
    with_object = true
    value       = wiki_access_level
  }
  limit "share_with_group_lock" {
    with_object = true
    value       = share_with_group_lock
    tight       = true
  }
  limit "shared_runners_setting" {
    with_object = true
    value       = shared_runners_setting
  }
  harmless = [
    "avatar", "avatar_hash", "default_branch", "emails_enabled", "extra_shared_runners_minutes_limit", "lfs_enabled",
    "mentions_disabled", "name", "permanently_remove_on_delete", "shared_runners_minutes_limit",
  ]
}

rule "gitlab_project" {
  grant "opaque" {
    when   = contains(["internal", "public"], known_or(visibility_level, "private"))
    reason = "shows a project to everybody, or to everybody who is signed in"
  }
  grant "opaque" {
    when   = known_or(pages_access_level, "private") == "public"
    reason = "shows the pages of a project to everybody"
  }
  grant "opaque" {
    when   = split("@", known_or(ci_config_path, ""))[1] != null || split("://", known_or(ci_config_path, ""))[1] != null
    reason = "takes pipelines from another place"
  }
  grant "opaque" {
    when = (
      known_or(import_url, "") != "" || mirror == true || use_custom_template == true
      || known_or(template_project_id, null) != null || known_or(forked_from_project_id, null) != null
    )
    reason = "takes code from another place, which pipelines run"
  }
  grant "opaque" {
    when   = known_or(ci_push_repository_for_job_token_allowed, false) == true
    reason = "lets pipelines change the code that they run"
  }
  # The subject by which clouds trust pipelines.
  grant "opaque" {
    when   = known_or(ci_id_token_sub_claim_components, [])[0] != null
    reason = "says what pipelines are called when they ask a cloud for access"
  }
  limit "ci_id_token_sub_claim_components" {
    with_object = true
    value       = ci_id_token_sub_claim_components
  }
  # Whoever is in a group is in its projects, and a cloud knows pipelines by the path of the project.
  limit "place" {
    with_object = true
    value       = [namespace_id, path]
  }
  limit "archived" {
    with_object = true
    value       = archived
    tight       = true
  }
  limit "default_branch" {
    with_object = true
    value       = default_branch
  }
  limit "merge" {
    with_object = true
    value       = [
      approvals_before_merge, merge_method, push_rules, allow_merge_on_skipped_pipeline,
      only_allow_merge_if_all_discussions_are_resolved, only_allow_merge_if_pipeline_succeeds,
      prevent_merge_without_jira_issue, pre_receive_secret_detection_enabled,
    ]
  }
  limit "pipelines" {
    with_object = true
    value       = [
      allow_pipeline_trigger_approve_deployment, ci_pipeline_variables_minimum_override_role,
      restrict_user_defined_variables, auto_devops_enabled, ci_restrict_pipeline_cancellation_role, shared_runners_enabled, group_runners_enabled,
    ]
  }
  limit "public_jobs" {
    with_object = true
    value       = [public_builds, public_jobs]
  }
  limit "features" {
    with_object = true
    value       = [
      builds_access_level, container_registry_access_level, environments_access_level, forking_access_level,
      infrastructure_access_level, model_registry_access_level, releases_access_level, repository_access_level,
      security_and_compliance_access_level, snippets_access_level, issues_access_level, merge_requests_access_level,
      monitor_access_level, requirements_access_level, wiki_access_level, feature_flags_access_level,
    ]
  }
  harmless = [
    "analytics_access_level", "archive_on_destroy", "auto_cancel_pending_pipelines", "auto_devops_deploy_strategy",
    "auto_duo_code_review_enabled", "autoclose_referenced_issues", "avatar", "avatar_hash", "build_git_strategy",
    "build_timeout", "ci_default_git_depth", "ci_delete_pipelines_in_seconds", "ci_forward_deployment_enabled",
    "ci_forward_deployment_rollback_allowed", "ci_separated_caches", "container_expiration_policy",
    "container_registry_enabled", "emails_enabled", "initialize_with_readme", "issues_enabled", "issues_template",
    "keep_latest_artifact", "lfs_enabled", "merge_commit_template", "merge_pipelines_enabled",
    "merge_requests_enabled", "merge_requests_template", "merge_trains_enabled", "mr_default_target_self", "name",
    "packages_enabled", "permanently_delete_on_destroy", "printing_merge_request_link_enabled",
    "remove_source_branch_after_merge", "repository_storage", "request_access_enabled",
    "resolve_outdated_diff_discussions", "resource_group_default_process_mode",
    "skip_wait_for_default_branch_protection", "snippets_enabled", "squash_commit_template", "squash_option",
    "suggestion_commit_message", "template_name", "topics", "wiki_enabled",
  ]
}
