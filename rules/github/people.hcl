# Who is in an organization or a team, and what that gives on repositories.

rule "github_membership" {
  grant "additive" {
    principals = ["user:${username}"]
    roles      = [coalesce(role, "member")]
    resources  = ["org:${fact.owner}"]
  }
  harmless = ["downgrade_on_destroy"]
}

# A team within another has the other's repositories. A slug is made of the name.
rule "github_team" {
  identity {
    id      = lower(replace(name, " ", "-"))
    slug    = lower(replace(name, " ", "-"))
    node_id = lower(replace(name, " ", "-"))
    name    = name
  }
  grant "additive" {
    when       = parent_team_id != null
    principals = ["team:${self.slug}"]
    roles      = ["member"]
    resources  = ["team:${parent_team_id}"]
  }
  # A group of a directory is the team (GitHub Enterprise Server).
  grant "trust" {
    when       = ldap_dn != null && ldap_dn != ""
    principals = ["group:${ldap_dn}"]
    roles      = ["member"]
    resources  = ["team:${self.slug}"]
  }
  harmless = ["create_default_maintainer", "members_count", "privacy"]
}

rule "github_team_membership" {
  grant "additive" {
    principals = ["user:${username}"]
    roles      = [coalesce(role, "member")]
    resources  = ["team:${team_id}"]
  }
}

rule "github_team_members" {
  grant "exclusive" {
    for_each   = members
    principals = ["user:${each.username}"]
    roles      = [coalesce(each.role, "member")]
    resources  = ["team:${team_id}"]
  }
}

# A group of an identity provider is the team.
rule "github_team_sync_group_mapping" {
  grant "trust" {
    for_each   = group
    principals = ["group:${each.group_id}"]
    roles      = ["member"]
    resources  = ["team:${team_slug}"]
  }
}

rule "github_emu_group_mapping" {
  grant "trust" {
    principals = ["group:${group_id}"]
    roles      = ["member"]
    resources  = ["team:${team_slug}"]
  }
}

rule "github_enterprise_organization" {
  grant "additive" {
    principals = ["user:${admin_logins}"]
    roles      = ["admin"]
    resources  = ["org:${name}"]
  }
  harmless = ["billing_email", "display_name"]
}

# Roles on every repository of an organization.
rule "github_organization_role" {
  identity {
    id      = name
    role_id = name
  }
  grant "definition" {
    names     = [name, self.role_id]
    actions   = permissions
    roles     = [base_role == "none" ? null : base_role]
    resources = ["${fact.owner}/*"]
  }
}

rule "github_organization_role_user" {
  grant "additive" {
    principals = ["user:${login}"]
    roles      = [role_id]
    resources  = ["${fact.owner}/*"]
  }
}

rule "github_organization_role_team" "github_organization_role_team_assignment" {
  grant "additive" {
    principals = ["team:${team_slug}"]
    roles      = [role_id]
    resources  = ["${fact.owner}/*"]
  }
}

rule "github_organization_security_manager" {
  grant "additive" {
    principals = ["team:${team_slug}"]
    roles      = ["security-manager"]
    resources  = ["${fact.owner}/*"]
  }
}

# Roles for one repository at a time.
rule "github_organization_custom_role" {
  identity {
    id = name
  }
  grant "definition" {
    names     = [name]
    actions   = permissions
    roles     = [base_role]
    resources = ["${fact.owner}/*"]
  }
}

rule "github_organization_repository_role" {
  identity {
    id      = name
    role_id = name
  }
  grant "definition" {
    names     = [name]
    actions   = permissions
    roles     = [base_role]
    resources = ["${fact.owner}/*"]
  }
}

# What every member has on every repository.
rule "github_organization_settings" {
  grant "additive" {
    when       = default_repository_permission != "none"
    configured = "default_repository_permission"
    principals = ["members:${fact.owner}"]
    roles      = [default_repository_permission]
    resources  = ["${fact.owner}/*"]
  }
  limit "members_can_create_public_repositories" {
    value = members_can_create_public_repositories
    tight = false
  }
  limit "members_can_create_public_pages" {
    value = members_can_create_public_pages
    tight = false
  }
  limit "members_can_create_repositories" {
    value = members_can_create_repositories
    tight = false
  }
  limit "members_can_fork_private_repositories" {
    value   = coalesce(members_can_fork_private_repositories, false)
    tight   = false
    default = false
  }
  harmless = [
    "advanced_security_enabled_for_new_repositories", "billing_email", "blog", "company",
    "dependabot_alerts_enabled_for_new_repositories", "dependabot_security_updates_enabled_for_new_repositories",
    "dependency_graph_enabled_for_new_repositories", "email", "has_organization_projects", "has_repository_projects", "location",
    "name", "secret_scanning_enabled_for_new_repositories", "secret_scanning_push_protection_enabled_for_new_repositories",
    "twitter_username", "web_commit_signoff_required",
  ]
}
