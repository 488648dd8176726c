# What AWS calls what passes messages, events and logs on.
#
# Sources: Service Authorization Reference, "Actions, resources, and condition keys for" the service that each part names,
# resource types. Generated names: hashicorp/aws `create.NewNameGenerator`, a prefix and 26 hexadecimal digits.

# "Amazon SNS".
rule "aws_sns_topic_subscription" {
  identity {
    arn = generated(arn, "${topic_arn}:")
    id  = self.arn
  }
}

# "Amazon EventBridge", of its scheduler and of its pipes.
rule "aws_cloudwatch_event_connection" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:events:${local.place}:connection/${name}/")
    id   = name
    name = name
  }
}

rule "aws_cloudwatch_event_api_destination" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:events:${local.place}:api-destination/${name}/")
    id   = name
    name = name
  }
}

rule "aws_cloudwatch_event_archive" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:events:${local.place}:archive/${name}" }
}

rule "aws_scheduler_schedule_group" {
  templates = ["known_by_generated_name"]
  locals { arn = "arn:${fact.partition}:scheduler:${local.place}:schedule-group/${self.name}" }
}

rule "aws_pipes_pipe" {
  templates = ["known_by_generated_name"]
  locals { arn = "arn:${fact.partition}:pipes:${local.place}:pipe/${self.name}" }
}

# "Amazon Kinesis Video Streams".
rule "aws_kinesis_video_stream" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:kinesisvideo:${local.place}:stream/${name}/")
    id   = self.arn
    name = name
  }
}

# "Amazon Managed Service for Apache Flink" (formerly Kinesis Analytics).
rule "aws_kinesis_analytics_application" "aws_kinesisanalyticsv2_application" {
  identity {
    arn  = "arn:${fact.partition}:kinesisanalytics:${local.place}:application/${name}"
    id   = self.arn
    name = name
  }
}

# "Amazon Managed Streaming for Apache Kafka": a UUID, and after a hyphen a number.
rule "aws_msk_serverless_cluster" {
  identity {
    arn          = generated(arn, "arn:${fact.partition}:kafka:${local.place}:cluster/${cluster_name}/")
    cluster_name = cluster_name
    id           = self.arn
  }
}

rule "aws_msk_configuration" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:kafka:${local.place}:configuration/${name}/")
    id   = self.arn
    name = name
  }
}

# "Amazon MQ".

# "Amazon CloudWatch", of its logs, "AWS X-Ray", and "Amazon Managed Service for Prometheus". Dashboards belong to no region.
rule "aws_cloudwatch_log_stream" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:logs:${local.place}:log-group:${log_group_name}:log-stream:${name}" }
}

rule "aws_cloudwatch_log_destination" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:logs:${local.place}:destination:${name}" }
}

rule "aws_cloudwatch_composite_alarm" {
  identity {
    alarm_name = alarm_name
    arn        = "arn:${fact.partition}:cloudwatch:${local.place}:alarm:${alarm_name}"
    id         = alarm_name
  }
}

rule "aws_cloudwatch_dashboard" {
  identity {
    dashboard_arn  = "arn:${fact.partition}:cloudwatch::${fact.account}:dashboard/${dashboard_name}"
    dashboard_name = dashboard_name
    id             = dashboard_name
  }
}

rule "aws_cloudwatch_metric_stream" {
  templates = ["known_by_generated_name"]
  locals { arn = "arn:${fact.partition}:cloudwatch:${local.place}:metric-stream/${self.name}" }
}

rule "aws_xray_group" {
  identity {
    arn = generated(arn, "arn:${fact.partition}:xray:${local.place}:group/${group_name}/")
    id  = self.arn
  }
}

rule "aws_prometheus_workspace" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:aps:${local.place}:workspace/${self.id}" }
}

# "Amazon Simple Email Service".
rule "aws_ses_domain_identity" {
  identity {
    arn    = "arn:${fact.partition}:ses:${local.place}:identity/${domain}"
    domain = domain
    id     = domain
  }
}

rule "aws_ses_email_identity" {
  identity {
    arn   = "arn:${fact.partition}:ses:${local.place}:identity/${email}"
    email = email
    id    = email
  }
}

rule "aws_ses_configuration_set" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:ses:${local.place}:configuration-set/${name}" }
}

rule "aws_sesv2_configuration_set" {
  identity {
    arn                    = "arn:${fact.partition}:ses:${local.place}:configuration-set/${configuration_set_name}"
    configuration_set_name = configuration_set_name
    id                     = configuration_set_name
  }
}
