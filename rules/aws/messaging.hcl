# Queues, topics, buses, streams, mail.

# `CreateQueue` and `CreateTopic` return what exists under a name (API references of SQS and SNS).
rule "aws_sqs_queue" {
  takes_over = name_prefix == null
  locals {
    id = "https://sqs.${local.region}.${local.dns}/${fact.account}/${self.name}"
  }
  identity {
    arn  = "arn:${fact.partition}:sqs:${local.place}:${self.name}"
    id   = local.id
    name = generated(name, name_prefix, fifo_queue == true ? ".fifo" : null)
    url  = local.id
  }
  grant "exclusive" {
    configured = "policy"
    document   = policy
    resources  = [self.arn]
  }
  harmless = [
    "content_based_deduplication", "deduplication_scope", "delay_seconds", "fifo_throughput_limit",
    "kms_data_key_reuse_period_seconds", "kms_master_key_id", "max_message_size", "message_retention_seconds",
    "receive_wait_time_seconds", "redrive_policy", "sqs_managed_sse_enabled", "visibility_timeout_seconds",
  ]
}

rule "aws_sqs_queue_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:sqs:${local.place}:${split("/", queue_url)[4]}"]
  }
}

rule "aws_sns_topic" {
  takes_over = name_prefix == null
  identity {
    arn  = "arn:${fact.partition}:sns:${local.place}:${self.name}"
    id   = "arn:${fact.partition}:sns:${local.place}:${self.name}"
    name = generated(name, name_prefix, fifo_topic == true ? ".fifo" : null)
  }
  grant "exclusive" {
    configured = "policy"
    document   = policy
    resources  = [self.arn]
  }
  harmless = [
    "application_success_feedback_sample_rate", "archive_policy", "content_based_deduplication", "delivery_policy", "display_name",
    "fifo_throughput_scope", "firehose_success_feedback_sample_rate", "http_success_feedback_sample_rate", "kms_master_key_id",
    "lambda_success_feedback_sample_rate", "signature_version", "sqs_success_feedback_sample_rate", "tracing_config",
  ]
}

rule "aws_sns_topic_policy" {
  grant "exclusive" {
    document  = policy
    resources = [arn]
  }
}

rule "aws_cloudwatch_event_bus_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:events:${local.place}:event-bus/${coalesce(event_bus_name, "default")}"]
  }
}

rule "aws_kinesis_resource_policy" {
  grant "exclusive" {
    document  = policy
    resources = [resource_arn]
  }
}

rule "aws_msk_cluster_policy" {
  grant "exclusive" {
    document  = policy
    resources = [cluster_arn]
  }
}

rule "aws_schemas_registry_policy" {
  grant "exclusive" {
    document  = policy
    resources = [
      "arn:${fact.partition}:schemas:${local.place}:registry/${registry_name}",
      "arn:${fact.partition}:schemas:${local.place}:schema/${registry_name}/*",
    ]
  }
}

rule "aws_ses_identity_policy" {
  grant "exclusive" {
    document  = policy
    resources = [startswith(identity, "arn:") ? identity : "arn:${fact.partition}:ses:${local.place}:identity/${identity}"]
  }
  harmless = ["name"]
}

rule "aws_sesv2_email_identity_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:ses:${local.place}:identity/${email_identity}"]
  }
}

# Without an action, the action is to put events; without a bus, the account's default bus. The only condition that the
# provider accepts is the organization.
rule "aws_cloudwatch_event_permission" {
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = [coalesce(action, "events:PutEvents")]
    resources = ["arn:${fact.partition}:events:${local.place}:event-bus/${coalesce(event_bus_name, "default")}"]
    condition "StringEquals" "aws:PrincipalOrgID" {
      values = condition[*].value
    }
  }
  harmless = ["statement_id"]
}

rule "aws_cloudwatch_event_bus" {
  identity {
    arn  = "arn:${fact.partition}:events:${local.place}:event-bus/${name}"
    id   = name
    name = name
  }
}

rule "aws_cloudwatch_event_rule" {
  identity {
    arn = (
      event_bus_name == null || event_bus_name == "default" ? "arn:${fact.partition}:events:${local.place}:rule/${self.name}"
      : startswith(event_bus_name, "arn:") ? null
      : "arn:${fact.partition}:events:${local.place}:rule/${event_bus_name}/${self.name}"
    )
    id   = event_bus_name == null || event_bus_name == "default" ? self.name : "${event_bus_name}/${self.name}"
    name = generated(name, name_prefix)
  }
}

rule "aws_kinesis_stream" {
  identity {
    arn  = "arn:${fact.partition}:kinesis:${local.place}:stream/${name}"
    id   = "arn:${fact.partition}:kinesis:${local.place}:stream/${name}"
    name = name
  }
}

rule "aws_kinesis_firehose_delivery_stream" {
  identity {
    arn  = "arn:${fact.partition}:firehose:${local.place}:deliverystream/${name}"
    id   = "arn:${fact.partition}:firehose:${local.place}:deliverystream/${name}"
    name = name
  }
}

rule "aws_sqs_queue_redrive_allow_policy" {
  grant "exclusive" {
    when       = json(redrive_allow_policy).redrivePermission != "denyAll"
    principals = ["Service:sqs.amazonaws.com"]
    actions    = ["sqs:SendMessage"]
    resources  = ["arn:${fact.partition}:sqs:${local.place}:${split("/", queue_url)[4]}"]
    condition "ArnEquals" "aws:SourceArn" {
      values = json(redrive_allow_policy).sourceQueueArns
    }
  }
}

# Without authentication everybody who reaches the brokers reads and writes every topic.
rule "aws_msk_cluster" {
  identity {
    arn          = generated(arn, "arn:${fact.partition}:kafka:${local.place}:cluster/${cluster_name}/")
    cluster_name = cluster_name
    id           = self.arn
  }
  grant "additive" {
    when       = client_authentication[0].unauthenticated
    principals = ["*"]
    actions    = ["kafka-cluster:*"]
    resources  = ["arn:${fact.partition}:kafka:${local.place}:*/${cluster_name}/*"]
  }
  harmless = [
    "bootstrap_brokers", "bootstrap_brokers_public_sasl_iam", "bootstrap_brokers_public_sasl_scram",
    "bootstrap_brokers_public_tls", "bootstrap_brokers_sasl_iam", "bootstrap_brokers_sasl_scram",
    "bootstrap_brokers_tls", "bootstrap_brokers_vpc_connectivity_sasl_iam",
    "bootstrap_brokers_vpc_connectivity_sasl_scram", "bootstrap_brokers_vpc_connectivity_tls", "cluster_uuid",
    "configuration_info", "current_version", "enhanced_monitoring", "kafka_version", "logging_info",
    "number_of_broker_nodes", "open_monitoring", "storage_mode", "zookeeper_connect_string",
    "zookeeper_connect_string_tls",
  ]
}
