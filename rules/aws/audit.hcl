# What records or watches a whole account or organization. To lose it gives nobody access, and hides who uses it.

rule "aws_cloudtrail" {
  identity {
    arn         = "arn:${fact.partition}:cloudtrail:${local.place}:trail/${name}"
    home_region = local.region
    name        = name
  }
  limit "enable_logging" {
    value = enable_logging
    tight = true
  }
  limit "is_multi_region_trail" {
    value = is_multi_region_trail
    tight = true
  }
  limit "include_global_service_events" {
    value = include_global_service_events
    tight = true
  }
  limit "is_organization_trail" {
    value = is_organization_trail
    tight = true
  }
  limit "enable_log_file_validation" {
    value = enable_log_file_validation
    tight = true
  }
  limit "s3_bucket_name" {
    value = s3_bucket_name
  }
  limit "event_selector" {
    value = event_selector
  }
  limit "advanced_event_selector" {
    value = advanced_event_selector
  }
  harmless = [
    "cloud_watch_logs_group_arn", "home_region", "insight_selector", "kms_key_id", "s3_key_prefix", "sns_topic_arn",
    "sns_topic_name",
  ]
}

rule "aws_cloudtrail_event_data_store" {
  identity {
    arn = generated(arn, "arn:${fact.partition}:cloudtrail:${local.place}:eventdatastore/")
    id  = self.arn
  }
  limit "recording" {
    value = suspend != "true"
    tight = true
  }
  limit "multi_region_enabled" {
    value = multi_region_enabled
    tight = true
  }
  limit "organization_enabled" {
    value = organization_enabled
    tight = true
  }
  limit "termination_protection_enabled" {
    value = termination_protection_enabled
    tight = true
  }
  limit "retention_period" {
    value = retention_period
  }
  limit "advanced_event_selector" {
    value = advanced_event_selector
  }
  harmless = ["billing_mode", "kms_key_id", "name"]
}

rule "aws_config_configuration_recorder" {
  limit "recording_group" {
    value = recording_group
  }
  limit "recorder" {
    value = name
  }
  harmless = ["recording_mode"]
}

rule "aws_config_configuration_recorder_status" {
  limit "is_enabled" {
    value = is_enabled
    tight = true
  }
}

rule "aws_config_delivery_channel" {
  limit "s3_bucket_name" {
    value = s3_bucket_name
  }
  harmless = [
    "name", "s3_key_prefix", "s3_kms_key_arn", "snapshot_delivery_properties", "sns_topic_arn",
  ]
}

rule "aws_guardduty_detector" {
  identity {
    arn = "arn:${fact.partition}:guardduty:${local.place}:detector/${self.id}"
    id  = generated(id)
  }
  limit "enable" {
    value = enable
    tight = true
  }
  limit "datasources" {
    value = known_or(datasources, null)
  }
  harmless = ["account_id", "finding_publishing_frequency"]
}

rule "aws_guardduty_detector_feature" {
  limit "status" {
    value = status
    tight = "ENABLED"
  }
  limit "additional_configuration" {
    value = additional_configuration
  }
}

rule "aws_guardduty_organization_configuration_feature" {
  limit "auto_enable" {
    value = auto_enable
  }
  limit "additional_configuration" {
    value = additional_configuration
  }
}

rule "aws_macie2_account" {
  limit "status" {
    value = coalesce(known_or(status, null), "ENABLED")
    tight = "ENABLED"
  }
  harmless = ["created_at", "finding_publishing_frequency", "service_role", "updated_at"]
}

rule "aws_bedrock_model_invocation_logging_configuration" {
  limit "logging_config" {
    value = logging_config
  }
}

# Who reads the disk has to have the key as well.
rule "aws_ebs_encryption_by_default" {
  limit "enabled" {
    value = enabled != false
    tight = true
  }
}

rule "aws_glue_data_catalog_encryption_settings" {
  limit "connection_password_encryption" {
    value = data_catalog_encryption_settings[0].connection_password_encryption
  }
  limit "encryption_at_rest" {
    value = data_catalog_encryption_settings[0].encryption_at_rest
  }
  harmless = ["catalog_id"]
}

rule "aws_backup_vault_lock_configuration" {
  limit "min_retention_days" {
    value = coalesce(min_retention_days, 0)
  }
  limit "max_retention_days" {
    value = max_retention_days
  }
  limit "changeable_for_days" {
    value = changeable_for_days
  }
  harmless = ["backup_vault_arn"]
}

rule "aws_codecommit_approval_rule_template" {
  limit "content" {
    value = content
  }
  harmless = [
    "approval_rule_template_id", "creation_date", "last_modified_date", "last_modified_user", "name",
    "rule_content_sha256",
  ]
}

rule "aws_route53domains_domain" "aws_route53domains_registered_domain" {
  limit "transfer_lock" {
    with_object = true
    value       = transfer_lock
    tight       = true
  }
}
