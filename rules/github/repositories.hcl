# Who may do what in a repository.

# A repository is public unless it says otherwise. Every member of the enterprise reads an internal one
# (https://docs.github.com/repositories/creating-and-managing-repositories/about-repositories#about-internal-repositories).
# The pages of a private one are public, but for enterprises that say otherwise.
rule "github_repository" {
  identity {
    id        = name
    name      = name
    full_name = "${fact.owner}/${name}"
    node_id   = name
  }
  grant "additive" {
    when       = private != true && visibility == "public"
    principals = ["everybody"]
    roles      = ["pull"]
    resources  = ["${fact.owner}/${name}"]
  }
  grant "additive" {
    when       = known_or(visibility, "private") == "internal"
    principals = ["members:enterprise"]
    roles      = ["pull"]
    resources  = ["${fact.owner}/${name}"]
  }
  grant "additive" {
    when       = pages[0] != null && known_or(visibility, private == true ? "private" : "public") != "public"
    principals = ["everybody"]
    roles      = ["read-pages"]
    resources  = ["${fact.owner}/${name}"]
  }
  harmless = [
    "allow_auto_merge", "allow_merge_commit", "allow_rebase_merge", "allow_squash_merge", "allow_update_branch",
    "archive_on_destroy", "auto_init", "default_branch", "delete_branch_on_merge", "gitignore_template", "has_discussions",
    "has_downloads", "has_issues", "has_projects", "has_wiki", "homepage_url", "ignore_vulnerability_alerts_during_read",
    "is_template", "license_template", "merge_commit_message", "merge_commit_title", "primary_language",
    "squash_merge_commit_message", "squash_merge_commit_title", "topics", "vulnerability_alerts", "web_commit_signoff_required",
  ]
}

# A site of a private repository is public, but for enterprises that say otherwise.
rule "github_repository_pages" {
  grant "additive" {
    when       = known_or(public, true) != false
    principals = ["everybody"]
    roles      = ["read-pages"]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
}

rule "github_team_repository" {
  grant "additive" {
    principals = ["team:${team_id}"]
    roles      = [coalesce(permission, "pull")]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
}

rule "github_repository_collaborator" {
  grant "additive" {
    principals = ["user:${username}"]
    roles      = [coalesce(permission, "push")]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
  harmless = ["permission_diff_suppression"]
}

rule "github_repository_collaborators" {
  locals { resources = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository] }
  grant "exclusive" {
    for_each   = user
    principals = ["user:${each.username}"]
    roles      = [coalesce(each.permission, "push")]
    resources  = local.resources
  }
  grant "exclusive" {
    for_each   = team
    principals = ["team:${each.team_id}"]
    roles      = [coalesce(each.permission, "push")]
    resources  = local.resources
  }
}

rule "github_app_installation_repository" {
  grant "additive" {
    principals = ["app:${installation_id}"]
    roles      = ["installed"]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
}

rule "github_app_installation_repositories" {
  grant "exclusive" {
    principals = ["app:${installation_id}"]
    roles      = ["installed"]
    resources  = ["${fact.owner}/${selected_repositories}"]
  }
}

# What the token of a workflow may do.
rule "github_workflow_repository_permissions" {
  grant "additive" {
    principals = ["workflows:${fact.owner}/${repository}"]
    roles      = [default_workflow_permissions]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
  limit "can_approve_pull_request_reviews" {
    value   = coalesce(can_approve_pull_request_reviews, false)
    tight   = false
    default = false
  }
}

rule "github_actions_organization_workflow_permissions" {
  grant "additive" {
    principals = ["workflows:${organization_slug}"]
    roles      = [coalesce(default_workflow_permissions, "read")]
    resources  = ["${organization_slug}/*"]
  }
  limit "can_approve_pull_request_reviews" {
    value   = coalesce(can_approve_pull_request_reviews, false)
    tight   = false
    default = false
  }
}

rule "github_enterprise_actions_workflow_permissions" {
  grant "additive" {
    principals = ["workflows:enterprise:${enterprise_slug}"]
    roles      = [default_workflow_permissions]
    resources  = ["enterprise:${enterprise_slug}/*"]
  }
  limit "can_approve_pull_request_reviews" {
    value   = coalesce(can_approve_pull_request_reviews, false)
    tight   = false
    default = false
  }
}

# Other repositories may use the actions and workflows of this one.
rule "github_actions_repository_access_level" {
  grant "additive" {
    when       = access_level != "none"
    principals = ["workflows:${access_level}:${fact.owner}"]
    roles      = ["use-actions"]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
}

# Whose workflows run on the machines of a group.
rule "github_actions_runner_group" "github_enterprise_actions_runner_group" {
  grant "opaque" {
    reason = "lets workflows run on machines of one's own"
  }
}

# Workflows, owners of code, and whatever a workflow or a build runs are files; these few are only read by people.
rule "github_repository_file" {
  grant "opaque" {
    when = !contains(
      [
        ".editorconfig", ".gitignore", "CHANGELOG.md", "CODE_OF_CONDUCT.md", "CONTRIBUTING.md", "LICENSE", "LICENSE.md",
        "NOTICE", "README.md", "SECURITY.md", "SUPPORT.md",
      ],
      file
    )
    reason = "writes a file of a repository, which workflows and builds run"
  }
  harmless = ["commit_author", "commit_email", "commit_message", "commit_sha", "overwrite_on_create", "ref", "sha"]
}
