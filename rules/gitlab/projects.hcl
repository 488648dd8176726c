# Groups and projects: https://docs.gitlab.com/user/public_access/
#
# Both are private unless they say otherwise; `internal` is everybody who is signed in.

rule "gitlab_group" {
  grant "opaque" {
    when   = contains(["internal", "public"], known_or(visibility_level, "private"))
    reason = "shows a group to everybody, or to everybody who is signed in"
  }
  limit "protection" {
    value = [default_branch_protection, default_branch_protection_defaults, push_rules]
  }
  limit "members" {
    value = [allowed_email_domains_list, ip_restriction_ranges, project_creation_level, subgroup_creation_level]
  }
  limit "membership_lock" {
    value = membership_lock
    tight = true
  }
  limit "prevent_forking_outside_group" {
    value = prevent_forking_outside_group
    tight = true
  }
  limit "require_two_factor_authentication" {
    value = require_two_factor_authentication
    tight = true
  }
  limit "share_with_group_lock" {
    value = share_with_group_lock
    tight = true
  }
  limit "shared_runners_setting" {
    value = shared_runners_setting
  }
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
    when   = known_or(import_url, "") != "" || mirror == true
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
    value = ci_id_token_sub_claim_components
  }
  limit "merge" {
    value = [
      approvals_before_merge, merge_method, push_rules, allow_merge_on_skipped_pipeline,
      only_allow_merge_if_all_discussions_are_resolved, only_allow_merge_if_pipeline_succeeds,
      prevent_merge_without_jira_issue, pre_receive_secret_detection_enabled,
    ]
  }
  limit "pipelines" {
    value = [
      allow_pipeline_trigger_approve_deployment, ci_pipeline_variables_minimum_override_role,
      restrict_user_defined_variables, ci_restrict_pipeline_cancellation_role, shared_runners_enabled, group_runners_enabled,
    ]
  }
  limit "public_jobs" {
    value = [public_builds, public_jobs]
  }
  limit "features" {
    value = [
      builds_access_level, container_registry_access_level, environments_access_level, forking_access_level,
      infrastructure_access_level, model_registry_access_level, releases_access_level, repository_access_level,
      security_and_compliance_access_level, snippets_access_level,
    ]
  }
}
