# Logs, metrics, traces that others may write or read.

rule "aws_cloudwatch_log_resource_policy" {
  grant "exclusive" {
    document  = policy_document
    resources = ["arn:${fact.partition}:logs:${local.place}:*"]
  }
  harmless = ["policy_name"]
}

rule "aws_cloudwatch_log_destination_policy" {
  grant "exclusive" {
    document  = access_policy
    resources = ["arn:${fact.partition}:logs:${local.place}:destination:${destination_name}"]
  }
}

rule "aws_cloudwatch_log_delivery_destination_policy" {
  grant "exclusive" {
    document  = delivery_destination_policy
    resources = ["arn:${fact.partition}:logs:${local.place}:delivery-destination:${delivery_destination_name}"]
  }
}

rule "aws_oam_sink_policy" {
  grant "exclusive" {
    document  = policy
    resources = [sink_identifier]
  }
}

rule "aws_xray_resource_policy" {
  grant "exclusive" {
    document  = policy_document
    resources = ["arn:${fact.partition}:xray:${local.place}:*"]
  }
  harmless = ["bypass_policy_lockout_check", "last_updated_time", "policy_name", "policy_revision_id"]
}

# Of provider 6.
rule "aws_prometheus_resource_policy" {
  grant "exclusive" {
    document = policy_document
  }
}

rule "aws_cloudwatch_log_group" {
  identity {
    arn  = "arn:${fact.partition}:logs:${local.place}:log-group:${self.name}"
    id   = self.name
    name = generated(name, name_prefix)
  }
}

rule "aws_cloudwatch_metric_alarm" {
  identity {
    arn        = "arn:${fact.partition}:cloudwatch:${local.place}:alarm:${alarm_name}"
    id         = alarm_name
    alarm_name = alarm_name
  }
}

rule "aws_grafana_role_association" {
  grant "additive" {
    principals = ["arn:${fact.partition}:identitystore:::user/${user_ids}", "arn:${fact.partition}:identitystore:::group/${group_ids}"]
    roles      = ["grafana:${role}"]
    resources  = ["arn:${fact.partition}:grafana:${local.place}:/workspaces/${workspace_id}"]
  }
}

# Which values of the identity provider's assertion make an administrator or an editor.
rule "aws_grafana_workspace_saml_configuration" {
  locals { resources = ["arn:${fact.partition}:grafana:${local.place}:/workspaces/${workspace_id}"] }
  grant "trust" {
    principals = ["Federated:${coalesce(idp_metadata_url, "grafana/${workspace_id}")}/${admin_role_values}"]
    roles      = ["grafana:ADMIN"]
    resources  = local.resources
  }
  grant "trust" {
    principals = ["Federated:${coalesce(idp_metadata_url, "grafana/${workspace_id}")}/${editor_role_values}"]
    roles      = ["grafana:EDITOR"]
    resources  = local.resources
  }
  limit "idp_metadata_xml" {
    with_object = true
    value       = idp_metadata_xml
  }
  limit "role_assertion" {
    with_object = true
    value       = role_assertion
  }
  limit "allowed_organizations" {
    with_object = true
    value       = allowed_organizations
  }
}

# Everybody in the channel acts as the role, within the guardrails.
rule "aws_chatbot_slack_channel_configuration" {
  grant "additive" {
    principals = ["slack:${slack_team_id}/${slack_channel_id}"]
    actions    = ["sts:AssumeRole"]
    resources  = [iam_role_arn]
  }
  limit "guardrail_policy_arns" {
    with_object = true
    value       = guardrail_policy_arns
  }
  limit "user_authorization_required" {
    with_object = true
    value       = user_authorization_required
    tight       = true
  }
  harmless = ["configuration_name", "logging_level", "sns_topic_arns"]
}

rule "aws_chatbot_teams_channel_configuration" {
  grant "additive" {
    principals = ["teams:${team_id}/${channel_id}"]
    actions    = ["sts:AssumeRole"]
    resources  = [iam_role_arn]
  }
  limit "guardrail_policy_arns" {
    with_object = true
    value       = guardrail_policy_arns
  }
  limit "user_authorization_required" {
    with_object = true
    value       = user_authorization_required
    tight       = true
  }
  harmless = ["channel_name", "configuration_name", "logging_level", "sns_topic_arns", "team_name"]
}
