# Resource policies. Where a statement names no resource, it speaks of the one that bears the policy.

rule "awscc_aiops_investigation_group" {
  templates = ["policy"]
  locals {
    policy    = known_or(investigation_group_policy, null)
    resources = ["arn:${fact.partition}:aiops:${local.place}:investigation-group/*"]
  }
}

rule "awscc_aps_resource_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = [workspace_arn]
  }
}

rule "awscc_backup_backup_vault" "awscc_backup_logically_air_gapped_backup_vault" {
  templates = ["policy"]
  locals {
    policy    = known_or(access_policy, null)
    resources = ["arn:${fact.partition}:backup:${local.place}:backup-vault:${backup_vault_name}"]
  }
  limit "lock_configuration" {
    with_object = true
    value       = known_or(lock_configuration, null)
  }
}

rule "awscc_bedrock_resource_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = [resource_arn]
  }
}

rule "awscc_bedrockagentcore_resource_policy" "awscc_ssm_resource_policy" "awscc_lex_resource_policy" "awscc_vpclattice_resource_policy" {
  templates = ["policy"]
  locals {
    resources = [resource_arn]
    policy    = policy
  }
}

rule "awscc_cloudtrail_resource_policy" "awscc_kinesis_resource_policy" {
  templates = ["policy"]
  locals {
    policy    = resource_policy
    resources = [resource_arn]
  }
}

rule "awscc_codeartifact_domain" {
  templates = ["policy"]
  locals {
    policy    = known_or(permissions_policy_document, null)
    resources = ["arn:${fact.partition}:codeartifact:${local.place}:domain/${domain_name}"]
  }
}

rule "awscc_codeartifact_repository" {
  templates = ["policy"]
  locals {
    policy    = known_or(permissions_policy_document, null)
    resources = ["arn:${fact.partition}:codeartifact:${local.place}:repository/${domain_name}/${repository_name}"]
  }
}

rule "awscc_dsql_cluster" {
  templates = ["policy"]
  locals {
    policy    = known_or(policy_document, null)
    resources = ["arn:${fact.partition}:dsql:${local.place}:cluster/*"]
  }
}

rule "awscc_dynamodb_table" {
  grant "exclusive" {
    for_each  = concat(known_or(resource_policy, null).policy_document, known_or(stream_specification, null).resource_policy.policy_document)
    document  = each
    resources = ["arn:${fact.partition}:dynamodb:${local.place}:table/${table_name}*"]
  }
}

rule "awscc_ecr_registry_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_text
    resources = ["arn:${fact.partition}:ecr:${local.place}:repository/*"]
  }
}

rule "awscc_ecr_repository" {
  templates = ["policy"]
  locals {
    policy    = known_or(repository_policy_text, null)
    resources = ["arn:${fact.partition}:ecr:${local.place}:repository/${repository_name}"]
  }
}

rule "awscc_ecr_repository_creation_template" {
  templates = ["policy"]
  locals {
    policy    = known_or(repository_policy, null)
    resources = ["arn:${fact.partition}:ecr:${local.place}:repository/${prefix == "ROOT" ? "" : "${prefix}/"}*"]
  }
}

rule "awscc_ecr_public_repository" {
  templates = ["policy"]
  locals {
    policy    = known_or(repository_policy_text, null)
    resources = ["arn:${fact.partition}:ecr-public::${fact.account}:repository/${repository_name}"]
  }
  grant "additive" {
    principals = ["*"]
    actions    = ["ecr-public:BatchGetImage", "ecr-public:GetDownloadUrlForLayer"]
    resources  = local.resources
  }
}

rule "awscc_efs_file_system" {
  templates = ["policy"]
  locals {
    policy    = known_or(file_system_policy, null)
    resources = ["arn:${fact.partition}:elasticfilesystem:${local.place}:file-system/*"]
  }
}

rule "awscc_events_event_bus" {
  templates = ["policy"]
  locals {
    resources = ["arn:${fact.partition}:events:${local.place}:event-bus/${name}"]
    policy    = known_or(policy, null)
  }
}

rule "awscc_eventschemas_registry_policy" {
  templates = ["policy"]
  locals {
    policy    = policy
    resources = [
      "arn:${fact.partition}:schemas:${local.place}:registry/${registry_name}",
      "arn:${fact.partition}:schemas:${local.place}:schema/${registry_name}/*",
    ]
  }
}

rule "awscc_kms_key" "awscc_kms_replica_key" {
  templates = ["policy"]
  locals {
    policy    = known_or(key_policy, null)
    resources = ["arn:${fact.partition}:kms:${local.place}:key/*"]
  }
}

rule "awscc_logs_destination" {
  templates = ["policy"]
  locals {
    policy    = known_or(destination_policy, null)
    resources = ["arn:${fact.partition}:logs:${local.place}:destination:${destination_name}"]
  }
}

rule "awscc_logs_delivery_destination" {
  templates = ["policy"]
  locals {
    policy    = known_or(delivery_destination_policy, null).delivery_destination_policy
    resources = ["arn:${fact.partition}:logs:${local.place}:delivery-destination:${name}"]
  }
}

rule "awscc_logs_resource_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = ["arn:${fact.partition}:logs:${local.place}:*"]
  }
}

rule "awscc_mediatailor_channel_policy" {
  templates = ["policy"]
  locals {
    policy    = policy
    resources = ["arn:${fact.partition}:mediatailor:${local.place}:channel/${channel_name}"]
  }
}

rule "awscc_mediapackagev2_channel_policy" "awscc_mediapackagev2_origin_endpoint_policy" {
  templates = ["policy"]
  locals {
    policy    = policy
    resources = ["arn:${fact.partition}:mediapackagev2:${local.place}:channelGroup/${channel_group_name}/channel/${channel_name}*"]
  }
}

rule "awscc_msk_cluster_policy" {
  templates = ["policy"]
  locals {
    policy    = policy
    resources = [cluster_arn]
  }
}

rule "awscc_oam_sink" {
  templates = ["policy"]
  locals {
    policy    = known_or(policy, null)
    resources = ["arn:${fact.partition}:oam:${local.place}:sink/*"]
  }
}

rule "awscc_omics_sequence_store" {
  templates = ["policy"]
  locals {
    policy    = known_or(s3_access_policy, null)
    resources = ["*"]
  }
}

rule "awscc_osis_pipeline" {
  templates = ["policy"]
  locals {
    policy    = known_or(resource_policy, null).policy
    resources = ["arn:${fact.partition}:osis:${local.place}:pipeline/${pipeline_name}"]
  }
}

rule "awscc_rum_app_monitor" {
  templates = ["policy"]
  locals {
    policy    = known_or(resource_policy, null).policy_document
    resources = ["arn:${fact.partition}:rum:${local.place}:appmonitor/${name}"]
  }
}

rule "awscc_s3_access_point" {
  templates = ["policy"]
  locals {
    policy    = known_or(policy, null)
    resources = [
      "arn:${fact.partition}:s3:${local.place}:accesspoint/${name}",
      "arn:${fact.partition}:s3:${local.place}:accesspoint/${name}/object/*",
    ]
  }
  limit "public_access_block_configuration" {
    with_object = true
    value       = known_or(public_access_block_configuration, null)
  }
}

rule "awscc_s3_bucket_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = ["arn:${fact.partition}:s3:::${bucket}", "arn:${fact.partition}:s3:::${bucket}/*"]
  }
}

rule "awscc_s3_multi_region_access_point_policy" {
  templates = ["policy"]
  locals {
    policy    = policy
    resources = ["arn:${fact.partition}:s3::${fact.account}:accesspoint/*"]
  }
}

rule "awscc_s3express_access_point" {
  templates = ["policy"]
  locals {
    policy    = known_or(policy, null)
    resources = ["arn:${fact.partition}:s3express:${local.place}:accesspoint/*"]
  }
}

rule "awscc_s3express_bucket_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = ["arn:${fact.partition}:s3express:${local.place}:bucket/${bucket}"]
  }
}

rule "awscc_s3files_file_system_policy" {
  templates = ["policy"]
  locals {
    policy    = policy
    resources = ["*"]
  }
}

rule "awscc_s3objectlambda_access_point_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = ["arn:${fact.partition}:s3-object-lambda:${local.place}:accesspoint/${object_lambda_access_point}"]
  }
}

rule "awscc_s3outposts_access_point" {
  templates = ["policy"]
  locals {
    policy    = known_or(policy, null)
    resources = ["arn:${fact.partition}:s3-outposts:${local.place}:outpost/*/accesspoint/${name}*"]
  }
}

rule "awscc_s3outposts_bucket_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = [bucket, "${bucket}/object/*"]
  }
}

rule "awscc_s3tables_table_bucket_policy" {
  templates = ["policy"]
  locals {
    policy    = resource_policy
    resources = [table_bucket_arn, "${table_bucket_arn}/*"]
  }
}

rule "awscc_s3tables_table_policy" {
  templates = ["policy"]
  locals {
    policy    = resource_policy
    resources = [table_arn]
  }
}

rule "awscc_s3vectors_vector_bucket_policy" {
  templates = ["policy"]
  locals {
    policy    = policy
    resources = ["arn:${fact.partition}:s3vectors:${local.place}:bucket/*"]
  }
}

rule "awscc_sagemaker_model_package_group" {
  templates = ["policy"]
  locals {
    policy    = known_or(model_package_group_policy, null)
    resources = ["arn:${fact.partition}:sagemaker:${local.place}:model-package*/${model_package_group_name}*"]
  }
}

rule "awscc_secretsmanager_resource_policy" {
  templates = ["policy"]
  locals {
    policy    = resource_policy
    resources = [secret_id]
  }
  limit "block_public_policy" {
    with_object = true
    value       = known_or(block_public_policy, null)
    tight       = true
  }
}

rule "awscc_smsvoice_resource_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = [resource_arn]
  }
}

rule "awscc_sns_topic_inline_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = [topic_arn]
  }
}

rule "awscc_sqs_queue_inline_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = ["arn:${fact.partition}:sqs:${local.place}:${split("/", queue)[4]}"]
  }
}

rule "awscc_vpclattice_auth_policy" {
  templates = ["policy"]
  locals {
    policy    = policy
    resources = [
      startswith(resource_identifier, "arn:") ? resource_identifier
      : "arn:${fact.partition}:vpc-lattice:${local.place}:*/${resource_identifier}",
      startswith(resource_identifier, "arn:") ? "${resource_identifier}/*"
      : "arn:${fact.partition}:vpc-lattice:${local.place}:*/${resource_identifier}/*",
    ]
  }
}

rule "awscc_xray_resource_policy" {
  templates = ["policy"]
  locals {
    policy    = policy_document
    resources = ["arn:${fact.partition}:xray:${local.place}:*"]
  }
}

rule "awscc_comprehend_document_classifier" {
  templates = ["policy"]
  locals {
    policy    = known_or(model_policy, null)
    resources = ["arn:${fact.partition}:comprehend:${local.place}:document-classifier/${document_classifier_name}*"]
  }
}

rule "awscc_ec2_vpc_endpoint" {
  limit "policy_document" {
    with_object = true
    value       = known_or(policy_document, null)
  }
}
