# Dashboards over the account's metrics and logs, with keys that end after an hour.
process_owner = "security"

system "observe" {
  owner = "team-observe"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["observe"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "observe"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["Service:*.amazonaws.com", "Service:aws_*"]
    actions    = ["sts:AssumeRole", "sts:TagSession", "iam:PassRole"]
    resources  = ["arn:aws:iam::${account}:role/*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/*"]
    roles      = ["arn:aws:iam::aws:policy/service-role/*"]
  }
}

approval "OBS-21" {
  justification = "Dashboards read metrics, logs and traces of the account, and publish to topics of their own"
  system        = "observe"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # the name of the role is generated
    principals = ["arn:aws:iam::${account}:role/amg-ex-complete-*"]
    roles      = ["arn:aws:iam::aws:policy/AWSXrayReadOnlyAccess"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/amg-ex-complete-*"]
    actions = [
      "aps:DescribeWorkspace", "aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries", "aps:ListWorkspaces", "aps:QueryMetrics",
      "cloudwatch:DescribeAlarm*", "cloudwatch:GetMetric*", "cloudwatch:ListMetrics",
      "ec2:DescribeInstances", "ec2:DescribeRegions", "ec2:DescribeTags",
      "logs:DescribeLogGroups", "logs:GetLogEvents", "logs:GetLogGroupFields", "logs:GetQueryResults", "logs:StartQuery", "logs:StopQuery",
      "tag:GetResources",
    ]
    resources = ["*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/amg-ex-complete-*"]
    actions    = ["sns:Publish"]
    resources  = ["arn:aws:sns:*:${account}:grafana*"]
  }

  grant "aws" { # service accounts of the workspace, whose id AWS makes
    principals = ["arn:aws:grafana:us-east-1:${account}:/workspaces/*"]
    roles      = ["grafana:ADMIN", "grafana:EDITOR", "grafana:VIEWER"]
    resources  = ["arn:aws:grafana:us-east-1:${account}:/workspaces/*"]
  }

  grant "aws" {
    principals  = ["arn:aws:grafana:us-east-1:${account}:/workspaces/*"]
    credentials = ["aws_grafana_workspace_api_key", "aws_grafana_workspace_service_account_token"]
    max_ttl     = "1h"
  }
}
