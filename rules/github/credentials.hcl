# Secrets: which workflows see which, and what opens a repository.
#
# A workflow that sees a secret may do what the secret allows, so each is judged as `KIND-secret:NAME`.

rule "github_actions_secret" {
  grant "additive" {
    principals = ["workflows:${fact.owner}/${repository}"]
    actions    = ["actions-secret:${secret_name}"]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
  harmless = ["destroy_on_drift", "updated_at"]
}

rule "github_actions_organization_secret" {
  grant "additive" {
    principals = ["workflows:${visibility}:${fact.owner}"]
    actions    = ["actions-secret:${secret_name}"]
    resources  = ["org:${fact.owner}"]
  }
  harmless = ["destroy_on_drift", "updated_at"]
}

rule "github_actions_organization_secret_repositories" {
  grant "exclusive" {
    when       = selected_repository_ids[0] != null
    principals = ["workflows:${selected_repository_ids}"]
    actions    = ["actions-secret:${secret_name}"]
    resources  = ["org:${fact.owner}"]
  }
}

rule "github_dependabot_secret" {
  grant "additive" {
    principals = ["workflows:${fact.owner}/${repository}"]
    actions    = ["dependabot-secret:${secret_name}"]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
}

rule "github_dependabot_organization_secret" {
  grant "additive" {
    principals = ["workflows:${visibility}:${fact.owner}"]
    actions    = ["dependabot-secret:${secret_name}"]
    resources  = ["org:${fact.owner}"]
  }
}

rule "github_dependabot_organization_secret_repositories" {
  grant "exclusive" {
    when       = selected_repository_ids[0] != null
    principals = ["workflows:${selected_repository_ids}"]
    actions    = ["dependabot-secret:${secret_name}"]
    resources  = ["org:${fact.owner}"]
  }
}

rule "github_dependabot_organization_secret_repository" {
  grant "additive" {
    principals = ["workflows:${repository_id}"]
    actions    = ["dependabot-secret:${secret_name}"]
    resources  = ["org:${fact.owner}"]
  }
}

rule "github_codespaces_secret" {
  grant "additive" {
    principals = ["workflows:${fact.owner}/${repository}"]
    actions    = ["codespaces-secret:${secret_name}"]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
}

rule "github_codespaces_organization_secret" {
  grant "additive" {
    principals = ["workflows:${visibility}:${fact.owner}"]
    actions    = ["codespaces-secret:${secret_name}"]
    resources  = ["org:${fact.owner}"]
  }
}

rule "github_codespaces_organization_secret_repositories" {
  grant "exclusive" {
    when       = selected_repository_ids[0] != null
    principals = ["workflows:${selected_repository_ids}"]
    actions    = ["codespaces-secret:${secret_name}"]
    resources  = ["org:${fact.owner}"]
  }
}

rule "github_actions_environment_secret" {
  grant "additive" {
    principals = ["workflows:${fact.owner}/${repository}"]
    actions    = ["actions-secret:${environment}:${secret_name}"]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
}

rule "github_actions_organization_secret_repository" {
  grant "additive" {
    principals = ["workflows:${repository_id}"]
    actions    = ["actions-secret:${secret_name}"]
    resources  = ["org:${fact.owner}"]
  }
}

rule "github_codespaces_user_secret" {
  grant "additive" {
    principals = ["workflows:user"]
    actions    = ["codespaces-secret:${secret_name}"]
    resources  = ["org:${fact.owner}"]
  }
}

# A deploy key never ends; without `read_only` it writes too.
rule "github_repository_deploy_key" {
  grant "additive" {
    principals = ["deploy-key:${fact.owner}/${repository}"]
    roles      = [read_only == false ? "push" : "pull"]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
  grant "credential" {
    principals = ["deploy-key:${fact.owner}/${repository}"]
  }
  harmless = ["title"]
}

rule "github_user_ssh_key" "github_user_gpg_key" {
  grant "credential" {
    subject    = "human"
    principals = ["user:${fact.owner}"]
  }
  harmless = ["title"]
}

acts "github_app_token" "github_actions_registration_token" "github_actions_organization_registration_token" {
  reason = "makes a token while planning"
}

# What a workflow is called when it asks a cloud for access: every trust in the cloud depends on it.
rule "github_actions_repository_oidc_subject_claim_customization_template" {
  grant "trust" {
    principals = ["workflows:${fact.owner}/${repository}"]
    actions    = ["oidc-subject:${use_default == true ? "default" : "custom"}", "oidc-subject-claim:${include_claim_keys}"]
    resources  = [split("/", repository)[1] == null ? "${fact.owner}/${repository}" : repository]
  }
  limit "include_claim_keys" {
    value = include_claim_keys
  }
}

rule "github_actions_organization_oidc_subject_claim_customization_template" {
  grant "trust" {
    principals = ["workflows:${fact.owner}"]
    actions    = ["oidc-subject-claim:${include_claim_keys}"]
    resources  = ["org:${fact.owner}"]
  }
  limit "include_claim_keys" {
    value = include_claim_keys
  }
}
