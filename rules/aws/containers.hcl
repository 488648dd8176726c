# Registries of images and packages, and builds.

# Statements of a repository policy name no resource: they speak of the repository.
rule "aws_ecr_repository_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:ecr:${local.place}:repository/${repository}"]
  }
  harmless = ["registry_id"]
}

rule "aws_ecr_registry_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:ecr:${local.place}:repository/*"]
  }
}

# The policy of every repository that a pull through cache or a replication will create.
rule "aws_ecr_repository_creation_template" {
  grant "exclusive" {
    when      = repository_policy != null
    document  = repository_policy
    resources = ["arn:${fact.partition}:ecr:${local.place}:repository/${prefix == "ROOT" ? "" : "${prefix}/"}*"]
  }
  harmless = ["encryption_configuration", "image_tag_mutability", "lifecycle_policy"]
}

rule "aws_ecrpublic_repository_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:ecr-public::${fact.account}:repository/${repository_name}"]
  }
}

rule "aws_codeartifact_domain_permissions_policy" {
  grant "exclusive" {
    document  = policy_document
    resources = ["arn:${fact.partition}:codeartifact:${local.region}:${known_or(domain_owner, fact.account)}:domain/${domain}"]
  }
  harmless = ["policy_revision"]
}

rule "aws_codeartifact_repository_permissions_policy" {
  grant "exclusive" {
    document  = policy_document
    resources = [
      "arn:${fact.partition}:codeartifact:${local.region}:${known_or(domain_owner, fact.account)}:repository/${domain}/${repository}",
    ]
  }
  harmless = ["policy_revision"]
}

rule "aws_codebuild_resource_policy" {
  grant "exclusive" {
    document  = policy
    resources = [resource_arn]
  }
}

rule "aws_ecr_repository" {
  identity {
    arn            = "arn:${fact.partition}:ecr:${local.place}:repository/${name}"
    id             = name
    name           = name
    registry_id    = fact.account
    repository_url = "${fact.account}.dkr.ecr.${local.region}.${local.dns}/${name}"
  }
}

rule "aws_codeartifact_domain" {
  identity {
    arn    = "arn:${fact.partition}:codeartifact:${local.place}:domain/${domain}"
    id     = "arn:${fact.partition}:codeartifact:${local.place}:domain/${domain}"
    domain = domain
  }
}

rule "aws_codebuild_project" {
  identity {
    arn  = "arn:${fact.partition}:codebuild:${local.place}:project/${name}"
    id   = "arn:${fact.partition}:codebuild:${local.place}:project/${name}"
    name = name
  }
  grant "additive" {
    when       = project_visibility == "PUBLIC_READ"
    principals = ["*"]
    actions    = ["codebuild:BatchGetBuilds", "codebuild:ListBuildsForProject", "logs:GetLogEvents", "s3:GetObject"]
    resources  = [self.arn]
  }
  harmless = [
    "badge_enabled", "badge_url", "build_timeout", "concurrent_build_limit", "encryption_key", "queued_timeout",
  ]
}

rule "aws_codecommit_repository" {
  identity {
    arn             = "arn:${fact.partition}:codecommit:${local.place}:${repository_name}"
    id              = repository_name
    repository_id   = generated(repository_id)
    repository_name = repository_name
  }
}

rule "aws_codepipeline" {
  identity {
    arn  = "arn:${fact.partition}:codepipeline:${local.place}:${name}"
    id   = name
    name = name
  }
}

# A web hook without authentication starts the pipeline for anybody who knows its address.
rule "aws_codepipeline_webhook" {
  grant "additive" {
    when       = authentication == "UNAUTHENTICATED"
    principals = ["*"]
    actions    = ["codepipeline:StartPipelineExecution"]
    resources  = ["arn:${fact.partition}:codepipeline:${local.place}:${target_pipeline}"]
  }
  grant "credential" {
    when       = authentication_configuration[0].secret_token != null
    principals = ["codepipeline:${name}"]
  }
}

rule "aws_ecs_cluster" {
  identity {
    arn  = "arn:${fact.partition}:ecs:${local.place}:cluster/${name}"
    id   = "arn:${fact.partition}:ecs:${local.place}:cluster/${name}"
    name = name
  }
}

rule "aws_cloud9_environment_membership" {
  grant "additive" {
    principals = [user_arn]
    actions    = ["cloud9:CreateEnvironmentMembership"]
    resources  = ["arn:${fact.partition}:cloud9:${local.place}:environment:${environment_id}"]
    condition "StringEquals" "cloud9:Permissions" {
      values = [permissions]
    }
  }
}

rule "aws_signer_signing_profile_permission" {
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = [action]
    resources = ["arn:${fact.partition}:signer:${local.place}:/signing-profiles/${profile_name}"]
  }
  harmless = ["statement_id", "statement_id_prefix"]
}
