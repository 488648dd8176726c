# Stores of data that bear a resource policy of their own.

# The ARN ends in six characters that AWS makes up.
rule "aws_secretsmanager_secret" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:secretsmanager:${local.place}:secret:${self.name}-")
    id   = self.arn
    name = generated(name, name_prefix)
  }
  grant "exclusive" {
    configured = "policy"
    document   = policy
    resources  = [self.arn]
  }
  harmless = ["force_overwrite_replica_secret", "kms_key_id", "name_prefix", "recovery_window_in_days", "replica"]
}

rule "aws_secretsmanager_secret_policy" {
  grant "exclusive" {
    document  = policy
    resources = [secret_arn]
  }
  limit "block_public_policy" {
    with_object = true
    value       = block_public_policy
    tight       = true
  }
}

rule "aws_dynamodb_resource_policy" "aws_redshift_resource_policy" "aws_redshiftserverless_resource_policy" {
  grant "exclusive" {
    document  = policy
    resources = [resource_arn]
  }
  harmless = ["confirm_remove_self_resource_access", "revision_id"]
}

rule "aws_efs_file_system_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:elasticfilesystem:${local.place}:file-system/${file_system_id}"]
  }
  harmless = ["bypass_policy_lockout_safety_check"]
}

rule "aws_backup_vault_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:backup:${local.place}:backup-vault:${backup_vault_name}"]
  }
}

rule "aws_glacier_vault" {
  identity {
    arn  = "arn:${fact.partition}:glacier:${local.place}:vaults/${name}"
    id   = name
    name = name
  }
  grant "exclusive" {
    when      = access_policy != null
    document  = access_policy
    resources = [self.arn]
  }
  harmless = ["notification"]
}

# A lock mostly denies: to take it away, or to change it, widens.
rule "aws_glacier_vault_lock" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:glacier:${local.place}:vaults/${vault_name}"]
  }
  limit "policy" {
    value = policy
  }
}

rule "aws_glue_resource_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:glue:${local.place}:*"]
  }
}

rule "aws_media_store_container_policy" {
  grant "exclusive" {
    document  = policy
    resources = [
      "arn:${fact.partition}:mediastore:${local.place}:container/${container_name}",
      "arn:${fact.partition}:mediastore:${local.place}:container/${container_name}/*",
    ]
  }
}

rule "aws_sagemaker_model_package_group_policy" {
  grant "exclusive" {
    document  = resource_policy
    resources = [
      "arn:${fact.partition}:sagemaker:${local.place}:model-package-group/${model_package_group_name}",
      "arn:${fact.partition}:sagemaker:${local.place}:model-package/${model_package_group_name}/*",
    ]
  }
}

# Of provider 6.
rule "aws_s3vectors_vector_bucket_policy" {
  grant "exclusive" {
    document = policy
  }
}

rule "aws_dynamodb_table" {
  identity {
    arn        = "arn:${fact.partition}:dynamodb:${local.place}:table/${name}"
    id         = name
    name       = name
    stream_arn = stream_enabled == true ? "arn:${fact.partition}:dynamodb:${local.place}:table/${name}/stream/${stream_label}" : null
  }
}

rule "aws_backup_vault" {
  identity {
    arn  = "arn:${fact.partition}:backup:${local.place}:backup-vault:${name}"
    id   = name
    name = name
  }
}

rule "aws_athena_workgroup" {
  identity {
    arn  = "arn:${fact.partition}:athena:${local.place}:workgroup/${name}"
    id   = name
    name = name
  }
}

rule "aws_db_instance_role_association" "aws_rds_cluster_role_association" {
  grant "additive" {
    principals = ["Service:rds.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = [role_arn]
  }
}

rule "aws_redshift_cluster_iam_roles" {
  grant "additive" {
    configured = "iam_role_arns"
    principals = ["Service:redshift.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = iam_role_arns
  }
}

# The consumer is an account, or an ARN or a name of a data exchange.
rule "aws_redshift_data_share_authorization" {
  grant "additive" {
    principals = [startswith(consumer_identifier, "arn:") ? consumer_identifier : "arn:${fact.partition}:iam::${consumer_identifier}:root"]
    actions    = ["redshift:AssociateDataShareConsumer", allow_writes ? "redshift:AssociateDataShareConsumerForWrites" : null]
    resources  = [data_share_arn]
  }
}

rule "aws_redshift_data_share_consumer_association" {
  grant "additive" {
    principals = [coalesce(consumer_arn, "arn:${fact.partition}:iam::${fact.account}:root")]
    actions    = ["redshift:AssociateDataShareConsumer", allow_writes ? "redshift:AssociateDataShareConsumerForWrites" : null]
    resources  = [data_share_arn]
  }
}

rule "aws_redshift_endpoint_authorization" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${account}:root"]
    actions    = ["redshift:CreateEndpointAccess"]
    resources  = ["arn:${fact.partition}:redshift:${local.place}:cluster:${cluster_identifier}"]
    condition "StringEquals" "aws:SourceVpc" {
      values = vpc_ids
    }
  }
}

rule "aws_finspace_kx_user" {
  grant "additive" {
    principals = ["finspace:${environment_id}/${name}"]
    actions    = ["sts:AssumeRole"]
    resources  = [iam_role]
  }
}

rule "aws_datazone_user_profile" {
  grant "additive" {
    principals = [user_identifier]
    actions    = ["datazone:CreateUserProfile"]
    resources  = ["arn:${fact.partition}:datazone:${local.place}:domain/${domain_identifier}"]
  }
}

rule "aws_emr_studio_session_mapping" {
  locals { resources = ["arn:${fact.partition}:elasticmapreduce:${local.place}:studio/${studio_id}"] }
  grant "additive" {
    role_kind = "aws_iam_policy"
    configured = "identity_id"
    principals = ["arn:${fact.partition}:identitystore:::${lower(identity_type)}/${identity_id}"]
    roles      = [session_policy_arn]
    resources  = local.resources
  }
  grant "additive" {
    role_kind = "aws_iam_policy"
    configured = "identity_name"
    principals = ["arn:${fact.partition}:identitystore:::${lower(identity_type)}/${identity_name}"]
    roles      = [session_policy_arn]
    resources  = local.resources
  }
}

rule "aws_sagemaker_user_profile" {
  grant "additive" {
    when       = user_settings[0].execution_role != null
    principals = ["arn:${fact.partition}:sagemaker:${local.place}:user-profile/${domain_id}/${user_profile_name}"]
    actions    = ["sts:AssumeRole"]
    resources  = [user_settings[0].execution_role]
  }
  harmless = ["home_efs_file_system_uid"]
}

# Anybody who signs in at the issuer may work on labelling jobs.
rule "aws_sagemaker_workforce" {
  grant "trust" {
    principals = ["Federated:${coalesce(oidc_config[0].issuer, cognito_config[0].user_pool)}"]
    actions    = ["sagemaker:CreateWorkforce"]
    resources  = ["arn:${fact.partition}:sagemaker:${local.place}:workforce/${workforce_name}"]
  }
  limit "source_ip_config" {
    value = source_ip_config[0].cidrs
  }
}

# Whoever reaches the gateway from these networks reads and writes the bucket as the gateway's role.
rule "aws_storagegateway_nfs_file_share" {
  grant "additive" {
    principals = ["*"]
    actions    = ["s3:GetObject", "s3:ListBucket", read_only ? null : ["s3:DeleteObject", "s3:PutObject"]]
    resources  = [location_arn, "${location_arn}/*"]
    condition "IpAddress" "aws:SourceIp" {
      values = client_list
    }
  }
  harmless = [
    "audit_destination_arn", "cache_attributes", "default_storage_class", "file_share_name", "guess_mime_type_enabled",
    "notification_policy", "requester_pays",
  ]
}

rule "aws_storagegateway_smb_file_share" {
  locals { actions = ["s3:GetObject", "s3:ListBucket", read_only ? null : ["s3:DeleteObject", "s3:PutObject"]] }
  grant "additive" {
    when       = authentication == "GuestAccess" || valid_user_list == null
    principals = ["*"]
    actions    = local.actions
    resources  = [location_arn, "${location_arn}/*"]
  }
  grant "additive" {
    inexact = true
    for_each   = concat(valid_user_list, admin_user_list)
    principals = ["Federated:${each}"]
    actions    = local.actions
    resources  = [location_arn, "${location_arn}/*"]
  }
  limit "invalid_user_list" {
    value = invalid_user_list
  }
  harmless = [
    "audit_destination_arn", "cache_attributes", "case_sensitivity", "default_storage_class", "file_share_name",
    "guess_mime_type_enabled", "notification_policy", "oplocks_enabled", "requester_pays",
  ]
}

# Read and write access for what the transcoder puts into the output bucket.
rule "aws_elastictranscoder_pipeline" {
  grant "additive" {
    inexact = true
    for_each   = concat(content_config_permissions, thumbnail_config_permissions)
    principals = [each.grantee_type == "Group" ? "*" : "CanonicalUser:${each.grantee}"]
    actions    = [
      contains(each.access, "Read") || contains(each.access, "FullControl") ? ["s3:GetObject", "s3:GetObjectVersion"] : null,
      contains(each.access, "ReadAcp") || contains(each.access, "FullControl") ? "s3:GetObjectAcl" : null,
      contains(each.access, "WriteAcp") || contains(each.access, "FullControl") ? "s3:PutObjectAcl" : null,
    ]
    resources = [
      "arn:${fact.partition}:s3:::${coalesce(content_config[0].bucket, output_bucket)}/*",
      "arn:${fact.partition}:s3:::${coalesce(thumbnail_config[0].bucket, output_bucket)}/*",
    ]
  }
  harmless = ["name", "notifications"]
}

# Without IAM the network is all that asks who one is.
rule "aws_neptune_cluster" {
  identity {
    arn                 = "arn:${fact.partition}:rds:${local.place}:cluster:${self.cluster_identifier}"
    cluster_identifier  = generated(cluster_identifier, cluster_identifier_prefix)
    cluster_resource_id = generated(cluster_resource_id)
    id                  = self.cluster_identifier
  }
  limit "iam_database_authentication_enabled" {
    with_object = true
    value       = iam_database_authentication_enabled
    tight       = true
  }
}

rule "aws_db_proxy" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:rds:${local.place}:db-proxy:")
    id   = name
    name = name
  }
  limit "iam_auth" {
    with_object = true
    value       = auth[*].iam_auth
  }
  limit "require_tls" {
    with_object = true
    value       = require_tls
    tight       = true
  }
}

rule "aws_qldb_ledger" {
  identity {
    arn  = "arn:${fact.partition}:qldb:${local.place}:ledger/${self.name}"
    id   = self.name
    name = generated(name)
  }
  limit "permissions_mode" {
    with_object = true
    value       = permissions_mode
    tight       = "STANDARD"
  }
}

rule "aws_memorydb_cluster" {
  identity {
    arn  = "arn:${fact.partition}:memorydb:${local.place}:cluster/${self.name}"
    id   = self.name
    name = generated(name, name_prefix)
  }
  grant "additive" {
    when       = acl_name == "open-access"
    principals = ["*"]
    actions    = ["memorydb:Connect"]
    resources  = ["arn:${fact.partition}:memorydb:${local.place}:cluster/${self.name}"]
  }
  limit "acl_name" {
    with_object = true
    value       = acl_name
  }
  harmless = [
    "auto_minor_version_upgrade", "cluster_endpoint", "engine_patch_version", "engine_version", "final_snapshot_name",
    "maintenance_window", "node_type", "num_replicas_per_shard", "num_shards", "parameter_group_name",
    "security_group_ids", "shards", "snapshot_retention_limit", "snapshot_window", "sns_topic_arn",
  ]
}

# A user that is root of the file system goes past its permissions.
rule "aws_efs_access_point" {
  identity {
    arn             = "arn:${fact.partition}:elasticfilesystem:${local.place}:access-point/${self.id}"
    file_system_arn = "arn:${fact.partition}:elasticfilesystem:${local.place}:file-system/${file_system_id}"
    id              = generated(id)
  }
  grant "additive" {
    when       = posix_user[0].uid == 0
    principals = ["*"]
    actions    = ["elasticfilesystem:ClientRootAccess"]
    resources  = ["arn:${fact.partition}:elasticfilesystem:${local.place}:file-system/${file_system_id}"]
  }
  limit "posix_user" {
    with_object = true
    value       = posix_user
  }
  limit "root_directory" {
    with_object = true
    value       = known_or(root_directory[0].path, null)
  }
}

rule "aws_fsx_ontap_volume" {
  limit "privileged_delete" {
    with_object = true
    value       = coalesce(snaplock_configuration[0].privileged_delete, "DISABLED") == "DISABLED"
    tight       = true
  }
}

rule "aws_datazone_domain" {
  grant "additive" {
    when       = single_sign_on[0].user_assignment == "AUTOMATIC"
    principals = ["arn:${fact.partition}:identitystore:::user/*"]
    actions    = ["datazone:CreateUserProfile"]
    resources  = ["arn:${fact.partition}:datazone:${local.place}:domain/*"]
  }
  harmless = ["kms_key_identifier", "name", "portal_url", "skip_deletion_check"]
}

# People of a group, of a pool or of an identity provider who work on labelling jobs.
rule "aws_sagemaker_workteam" {
  locals { resources = ["arn:${fact.partition}:sagemaker:${local.place}:workteam/private-crowd/${workteam_name}"] }
  grant "additive" {
    for_each   = member_definition[*].cognito_member_definition
    principals = ["cognito:${each.user_pool}/group/${each.user_group}"]
    actions    = ["sagemaker:CreateWorkteam"]
    resources  = local.resources
  }
  grant "additive" {
    for_each   = member_definition[*].oidc_member_definition
    principals = ["Federated:sagemaker/${workforce_name}/${each.groups}"]
    actions    = ["sagemaker:CreateWorkteam"]
    resources  = local.resources
  }
  harmless = ["notification_configuration", "subdomain"]
}

rule "aws_sagemaker_notebook_instance" {
  limit "root_access" {
    with_object = true
    value       = root_access
    tight       = "Disabled"
  }
}

rule "aws_auditmanager_assessment" {
  grant "additive" {
    for_each   = roles
    principals = [each.role_arn]
    actions    = ["auditmanager:UpdateAssessment"]
    resources  = ["arn:${fact.partition}:auditmanager:${local.place}:assessment/*"]
    condition "StringEquals" "auditmanager:RoleType" {
      values = [each.role_type]
    }
  }
  harmless = ["name", "roles_all", "status"]
}

rule "aws_auditmanager_assessment_delegation" {
  grant "additive" {
    principals = [role_arn]
    actions    = ["auditmanager:BatchCreateDelegationByAssessment"]
    resources  = ["arn:${fact.partition}:auditmanager:${local.place}:assessment/${assessment_id}"]
    condition "StringEquals" "auditmanager:RoleType" {
      values = [role_type]
    }
  }
  harmless = ["delegation_id", "status"]
}
