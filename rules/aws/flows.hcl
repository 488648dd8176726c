# Data that leaves: copies, subscriptions and exports to a place outside the account, or to everybody. What stays inside the
# account is none; a destination that the same plan makes is inside.

# An address outside AWS receives every message of the topic; so does a queue or a function of another account.
uses "aws_sns_topic_subscription" {
  identities = ["aws_kinesis_firehose_delivery_stream", "aws_lambda_function", "aws_sqs_queue"]
  attributes = ["endpoint"]
  grant "additive" {
    when       = !startswith(each, "arn:") || split(":", each)[4] != split(":", topic_arn)[4]
    principals = [startswith(each, "arn:") ? "arn:${fact.partition}:iam::${split(":", each)[4]}:root" : "${protocol}:${each}"]
    actions    = ["sns:Receive", "sns:Subscribe"]
    resources  = [topic_arn]
  }
}

uses "aws_cloudwatch_log_subscription_filter" {
  identities = ["aws_kinesis_firehose_delivery_stream", "aws_kinesis_stream", "aws_lambda_function"]
  attributes = ["destination_arn"]
  grant "additive" {
    when       = split(":", each)[4] != fact.account
    principals = ["arn:${fact.partition}:iam::${split(":", each)[4]}:root"]
    actions    = ["logs:FilterLogEvents", "logs:GetLogEvents"]
    resources  = ["arn:${fact.partition}:logs:${local.place}:log-group:${log_group_name}"]
  }
}

# Logs of every group, to where the document says.
rule "aws_cloudwatch_log_account_policy" {
  grant "additive" {
    when       = policy_type == "SUBSCRIPTION_FILTER_POLICY" && split(":", json(policy_document).DestinationArn)[4] != fact.account
    principals = ["arn:${fact.partition}:iam::${split(":", json(policy_document).DestinationArn)[4]}:root"]
    actions    = ["logs:FilterLogEvents", "logs:GetLogEvents"]
    resources  = ["arn:${fact.partition}:logs:${local.place}:log-group:*"]
  }
  grant "additive" {
    when       = policy_type == "SUBSCRIPTION_FILTER_POLICY" && json(policy_document).RoleArn != null
    principals = ["Service:logs.amazonaws.com"]
    actions    = ["iam:PassRole"]
    resources  = [json(policy_document).RoleArn]
  }
  limit "data_protection" {
    value = policy_document
    when  = policy_type == "DATA_PROTECTION_POLICY"
  }
}

rule "aws_cloudwatch_log_data_protection_policy" {
  limit "policy_document" {
    value = policy_document
  }
}

rule "aws_sns_topic_data_protection_policy" {
  limit "policy" {
    value = policy
  }
}

# The account that owns the sink reads what the link shares. What kinds of data there are, the service says with it.
rule "aws_oam_link" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${split(":", sink_identifier)[4]}:root"]
    actions    = [
      contains(resource_types, "AWS::CloudWatch::Metric") ? ["cloudwatch:GetMetricData", "cloudwatch:ListMetrics"] : null,
      contains(resource_types, "AWS::Logs::LogGroup") ? ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"] : null,
      contains(resource_types, "AWS::XRay::Trace") ? ["xray:BatchGetTraces", "xray:GetTraceSummaries"] : null,
      "oam:Link/${resource_types}",
    ]
    resources = ["*"]
  }
  harmless = ["label", "label_template", "link_id", "sink_arn"]
}

# Of provider 6.
rule "aws_observabilityadmin_centralization_rule_for_organization" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${rule[0].destination[0].account}:root"]
    actions    = ["logs:FilterLogEvents", "logs:GetLogEvents"]
    resources  = ["arn:${fact.partition}:logs:*:*:log-group:*"]
  }
}

rule "aws_ecr_replication_configuration" {
  grant "additive" {
    for_each   = replication_configuration[0].rule[*].destination
    when       = each.registry_id != fact.account
    principals = ["arn:${fact.partition}:iam::${each.registry_id}:root"]
    actions    = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources  = ["arn:${fact.partition}:ecr:${local.place}:repository/*"]
  }
}

rule "aws_ecrpublic_repository" {
  identity {
    arn             = "arn:${fact.partition}:ecr-public::${fact.account}:repository/${repository_name}"
    id              = repository_name
    repository_name = repository_name
  }
  grant "additive" {
    principals = ["*"]
    actions    = ["ecr-public:BatchGetImage", "ecr-public:GetDownloadUrlForLayer"]
    resources  = ["arn:${fact.partition}:ecr-public::${fact.account}:repository/${repository_name}"]
  }
  harmless = ["catalog_data", "registry_id", "repository_uri"]
}

# An export goes to a bucket, whose owner reads it.
rule "aws_dynamodb_table_export" {
  grant "additive" {
    configured = "s3_bucket_owner"
    when       = s3_bucket_owner != split(":", table_arn)[4]
    principals = ["arn:${fact.partition}:iam::${s3_bucket_owner}:root"]
    actions    = ["dynamodb:GetItem", "dynamodb:Scan"]
    resources  = [table_arn]
  }
  harmless = [
    "billed_size_in_bytes", "end_time", "export_status", "item_count", "manifest_files_s3_key", "start_time",
  ]
}

rule "aws_s3_bucket_inventory" {
  grant "additive" {
    when       = destination[0].bucket[0].account_id != null && destination[0].bucket[0].account_id != fact.account
    principals = ["arn:${fact.partition}:iam::${destination[0].bucket[0].account_id}:root"]
    actions    = ["s3:ListBucket"]
    resources  = ["arn:${fact.partition}:s3:::${bucket}"]
  }
  harmless = [
    "enabled", "filter", "included_object_versions", "name", "optional_fields", "schedule",
  ]
}

rule "aws_s3_bucket_replication_configuration" {
  grant "additive" {
    for_each   = rule[*].destination
    when       = each.account != null && each.account != fact.account
    principals = ["arn:${fact.partition}:iam::${each.account}:root"]
    actions    = ["s3:GetObject", "s3:GetObjectVersion"]
    resources  = ["arn:${fact.partition}:s3:::${bucket}/*"]
  }
  harmless = ["token"]
}

# Who reads the access logs, objects by objects.
rule "aws_s3_bucket_logging" {
  grant "exclusive" {
    for_each   = target_grant
    principals = [
      each.grantee[0].type == "CanonicalUser" ? "CanonicalUser:${each.grantee[0].id}"
      : each.grantee[0].type == "AmazonCustomerByEmail" ? "CanonicalUser:${each.grantee[0].email_address}"
      : endswith(each.grantee[0].uri, "/LogDelivery") ? "Service:logging.s3.amazonaws.com"
      : "*",
    ]
    actions = [
      each.permission == "WRITE" ? "s3:PutObject" : ["s3:GetObject", "s3:GetObjectVersion"],
      each.permission == "FULL_CONTROL" ? ["s3:GetObjectAcl", "s3:PutObjectAcl"] : null,
    ]
    resources = ["arn:${fact.partition}:s3:::${target_bucket}/${target_prefix}*"]
  }
  harmless = ["target_object_key_format"]
}

# An ACL of what is written opens it to others.
rule "aws_dms_s3_endpoint" {
  grant "additive" {
    when       = startswith(canned_acl_for_objects, "public-read") || canned_acl_for_objects == "authenticated-read"
    principals = ["*"]
    actions    = ["s3:GetObject", "s3:GetObjectVersion"]
    resources  = ["arn:${fact.partition}:s3:::${bucket_name}/*"]
  }
  grant "additive" {
    when       = canned_acl_for_objects == "public-read-write"
    principals = ["*"]
    actions    = ["s3:DeleteObject", "s3:PutObject"]
    resources  = ["arn:${fact.partition}:s3:::${bucket_name}/*"]
  }
  harmless = [
    "add_column_name", "add_trailing_padding_character", "cdc_inserts_and_updates", "cdc_inserts_only",
    "cdc_max_batch_interval", "cdc_min_file_size", "cdc_path", "certificate_arn", "compression_type", "csv_delimiter",
    "csv_no_sup_value", "csv_null_value", "csv_row_delimiter", "data_format", "data_page_size",
    "date_partition_delimiter", "date_partition_enabled", "date_partition_sequence", "date_partition_timezone",
    "dict_page_size_limit", "enable_statistics", "encoding_type", "encryption_mode", "endpoint_arn",
    "engine_display_name", "external_table_definition", "ignore_header_rows", "kms_key_arn", "max_file_size",
    "parquet_timestamp_in_millisecond", "parquet_version", "preserve_transactions", "rfc_4180", "row_group_length",
    "server_side_encryption_kms_key_id", "ssl_mode", "status", "timestamp_column_name",
  ]
}

rule "aws_iot_topic_rule" {
  identity {
    arn  = "arn:${fact.partition}:iot:${local.place}:rule/${name}"
    id   = name
    name = name
  }
  grant "additive" {
    for_each   = concat(s3, error_action[*].s3)
    when       = startswith(each.canned_acl, "public-read") || each.canned_acl == "authenticated-read"
    principals = ["*"]
    actions    = ["s3:GetObject", "s3:GetObjectVersion"]
    resources  = ["arn:${fact.partition}:s3:::${each.bucket_name}/*"]
  }
  harmless = [
    "cloudwatch_alarm", "cloudwatch_logs", "cloudwatch_metric", "enabled", "sql", "sql_version",
  ]
}

# What a private origin holds, everybody gets who need not sign for it.
rule "aws_cloudfront_distribution" {
  identity {
    arn         = "arn:${fact.partition}:cloudfront::${fact.account}:distribution/${self.id}"
    domain_name = fact.partition == "aws" ? generated(domain_name, null, ".cloudfront.net") : null
    id          = generated(id)
  }
  locals {
    groups  = known_or(default_cache_behavior[0].trusted_key_groups, null)
    signers = known_or(default_cache_behavior[0].trusted_signers, null)
    is_open = enabled != false && local.groups[0] == null && local.signers[0] == null
  }
  grant "additive" {
    for_each = origin
    when     = local.is_open && (
      coalesce(each.origin_access_control_id, "") != "" || coalesce(each.s3_origin_config[0].origin_access_identity, "") != ""
    )
    principals = ["*"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:${fact.partition}:s3:::${split(".s3", each.domain_name)[0]}/*"]
    condition "StringEquals" "aws:CalledVia" {
      values = ["cloudfront.amazonaws.com"]
    }
  }
  limit "trusted_key_groups" {
    with_object = true
    value       = concat(default_cache_behavior[*].trusted_key_groups, ordered_cache_behavior[*].trusted_key_groups)
  }
  limit "trusted_signers" {
    with_object = true
    value       = concat(default_cache_behavior[*].trusted_signers, ordered_cache_behavior[*].trusted_signers)
  }
  limit "web_acl_id" {
    with_object = true
    value       = web_acl_id
  }
  harmless = [
    "aliases", "caller_reference", "continuous_deployment_policy_id", "custom_error_response", "default_root_object",
    "etag", "hosted_zone_id", "http_version", "in_progress_validation_batches", "is_ipv6_enabled", "last_modified_time",
    "logging_config", "price_class", "restrictions", "retain_on_delete", "status", "viewer_certificate",
    "wait_for_deployment",
  ]
}

# Whoever has the address watches, unless playback asks for a token.
rule "aws_ivs_channel" {
  grant "additive" {
    when       = !known_or(authorized, false)
    principals = ["*"]
    actions    = ["ivs:CreatePlaybackRestrictionPolicy"]
    resources  = ["arn:${fact.partition}:ivs:${local.place}:channel/*"]
  }
  limit "authorized" {
    with_object = true
    value       = authorized
    tight       = true
  }
  harmless = [
    "ingest_endpoint", "latency_mode", "name", "playback_url", "recording_configuration_arn", "type",
  ]
}

# The subscribers of a data set read the bucket itself.
rule "aws_dataexchange_revision_assets" {
  grant "additive" {
    for_each   = asset[*].create_s3_data_access_from_s3_bucket[*].asset_source
    principals = ["dataexchange:${data_set_id}"]
    actions    = ["s3:GetObject", "s3:ListBucket"]
    resources  = ["arn:${fact.partition}:s3:::${each.bucket}", "arn:${fact.partition}:s3:::${each.bucket}/*"]
  }
  grant "additive" {
    for_each   = asset[*].import_assets_from_s3[*].asset_source
    principals = ["dataexchange:${data_set_id}"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:${fact.partition}:s3:::${each.bucket}/${each.key}"]
  }
  harmless = ["created_at", "finalized", "updated_at"]
}

# Mounted, a bucket is read and written by whoever reaches the file system.
rule "aws_fsx_data_repository_association" {
  grant "additive" {
    when       = startswith(data_repository_path, "s3://")
    principals = ["Service:fsx.amazonaws.com"]
    actions    = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources  = [
      "arn:${fact.partition}:s3:::${split("/", data_repository_path)[2]}",
      "arn:${fact.partition}:s3:::${trimprefix(data_repository_path, "s3://")}*",
    ]
  }
  harmless = ["association_id", "imported_file_chunk_size"]
}

rule "aws_fsx_file_cache" {
  grant "additive" {
    for_each   = data_repository_association
    when       = startswith(each.data_repository_path, "s3://")
    principals = ["Service:fsx.amazonaws.com"]
    actions    = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources  = [
      "arn:${fact.partition}:s3:::${split("/", each.data_repository_path)[2]}",
      "arn:${fact.partition}:s3:::${trimprefix(each.data_repository_path, "s3://")}*",
    ]
  }
}

rule "aws_fsx_lustre_file_system" {
  identity {
    arn = "arn:${fact.partition}:fsx:${local.place}:file-system/${self.id}"
    id  = generated(id)
  }
  grant "additive" {
    when       = import_path != null
    principals = ["Service:fsx.amazonaws.com"]
    actions    = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources  = [
      "arn:${fact.partition}:s3:::${split("/", import_path)[2]}",
      "arn:${fact.partition}:s3:::${trimprefix(import_path, "s3://")}*",
    ]
  }
  harmless = [
    "automatic_backup_retention_days", "copy_tags_to_backups", "daily_automatic_backup_start_time",
    "data_read_cache_configuration", "dns_name", "file_system_type_version", "final_backup_tags", "log_configuration",
    "metadata_configuration", "mount_name", "network_interface_ids", "per_unit_storage_throughput",
    "security_group_ids", "storage_capacity", "throughput_capacity", "weekly_maintenance_start_time",
  ]
}

# Of provider 6.
rule "aws_fsx_s3_access_point_attachment" {
  grant "exclusive" {
    when      = s3_access_point[0].policy != null
    document  = s3_access_point[0].policy
    resources = ["arn:${fact.partition}:s3:${local.place}:accesspoint/*"]
  }
}

# Of provider 6.
rule "aws_odb_network" {
  grant "exclusive" {
    when      = s3_policy_document != null
    document  = s3_policy_document
    resources = ["arn:${fact.partition}:s3:::*"]
  }
  harmless = ["delete_associated_resources"]
}
