# Limits.

rule "github_branch_protection" {
  limit "pattern" {
    value = pattern
  }
  limit "required_pull_request_reviews" {
    value = required_pull_request_reviews
  }
  limit "required_status_checks" {
    value = required_status_checks
  }
  limit "restrict_pushes" {
    value = restrict_pushes
  }
  limit "bypass" {
    value = [force_push_bypassers, allows_force_pushes, allows_deletions, enforce_admins, lock_branch, require_signed_commits]
  }
}

rule "github_branch_protection_v3" {
  limit "required_pull_request_reviews" {
    value = required_pull_request_reviews
  }
  limit "required_status_checks" {
    value = required_status_checks
  }
  limit "restrictions" {
    value = restrictions
  }
  limit "bypass" {
    value = [enforce_admins, require_signed_commits]
  }
}

rule "github_repository_ruleset" "github_organization_ruleset" {
  limit "enforcement" {
    value = enforcement
  }
  limit "bypass_actors" {
    value = bypass_actors
  }
  limit "conditions" {
    value = conditions
  }
  limit "rules" {
    value = rules
  }
}

rule "github_repository_environment" {
  limit "reviewers" {
    value = reviewers
  }
  limit "deployment_branch_policy" {
    value = deployment_branch_policy
  }
  limit "bypass" {
    value = [can_admins_bypass, prevent_self_review, wait_timer]
  }
}

rule "github_repository_environment_deployment_policy" {
  limit "pattern" {
    value = [branch_pattern, tag_pattern]
  }
}

rule "github_repository_deployment_branch_policy" {
  limit "name" {
    value = name
  }
}

rule "github_actions_organization_permissions" {
  limit "allowed_actions" {
    value = [allowed_actions, allowed_actions_config]
  }
  limit "enabled_repositories" {
    value = [enabled_repositories, enabled_repositories_config]
  }
  # A create overwrites what was set before, by hand or elsewhere:
  # https://docs.github.com/organizations/managing-organization-settings/disabling-or-limiting-github-actions-for-your-organization
  limit "selected_actions" {
    value   = allowed_actions != "all"
    tight   = true
    default = true
  }
}

rule "github_actions_repository_permissions" {
  limit "allowed_actions" {
    value = [allowed_actions, allowed_actions_config, enabled]
  }
  # A create overwrites what was set before, by hand or elsewhere:
  # https://docs.github.com/organizations/managing-organization-settings/disabling-or-limiting-github-actions-for-your-organization
  limit "selected_actions" {
    value   = allowed_actions != "all"
    tight   = true
    default = true
  }
}

rule "github_enterprise_actions_permissions" {
  limit "allowed_actions" {
    value = [allowed_actions, allowed_actions_config]
  }
  limit "enabled_organizations" {
    value = [enabled_organizations, enabled_organizations_config]
  }
  # A create overwrites what was set before, by hand or elsewhere:
  # https://docs.github.com/organizations/managing-organization-settings/disabling-or-limiting-github-actions-for-your-organization
  limit "selected_actions" {
    value   = allowed_actions != "all"
    tight   = true
    default = true
  }
}

rule "github_organization_block" {
  limit "username" {
    value = username
  }
}
