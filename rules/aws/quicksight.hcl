# QuickSight. People and groups are its own ARNs, unless they are principals of IAM.

# What one may do is in the kind of user: the IAM action that makes one names it.
rule "aws_quicksight_user" {
  grant "additive" {
    principals = [
      coalesce(
        iam_arn,
        "arn:${fact.partition}:quicksight:${local.place}:user/${coalesce(namespace, "default")}/${user_name}",
        "arn:${fact.partition}:quicksight:${local.place}:user/${coalesce(namespace, "default")}/${email}",
      ),
    ]
    actions = [
      startswith(user_role, "READER") || startswith(user_role, "RESTRICTED_READER") ? "quicksight:CreateReader"
      : startswith(user_role, "ADMIN") ? "quicksight:CreateAdmin"
      : "quicksight:CreateUser",
    ]
    resources = ["arn:${fact.partition}:quicksight:${local.place}:user/${coalesce(namespace, "default")}/*"]
  }
}

rule "aws_quicksight_group_membership" {
  grant "additive" {
    principals = ["arn:${fact.partition}:quicksight:${local.place}:user/${coalesce(namespace, "default")}/${member_name}"]
    actions    = ["quicksight:CreateGroupMembership"]
    resources  = ["arn:${fact.partition}:quicksight:${local.place}:group/${coalesce(namespace, "default")}/${group_name}"]
  }
}

rule "aws_quicksight_role_membership" {
  grant "additive" {
    principals = ["arn:${fact.partition}:quicksight:${local.place}:group/${coalesce(namespace, "default")}/${member_name}"]
    roles      = ["quicksight:${role}"]
    resources  = ["arn:${fact.partition}:quicksight:${local.place}:*"]
  }
}

# Who has a folder has what lies in it.
rule "aws_quicksight_folder_membership" {
  grant "additive" {
    principals = ["arn:${fact.partition}:quicksight:${local.place}:folder/${folder_id}"]
    actions    = ["quicksight:CreateFolderMembership"]
    resources  = ["arn:${fact.partition}:quicksight:${local.place}:${lower(member_type)}/${member_id}"]
  }
}

rule "aws_quicksight_iam_policy_assignment" {
  grant "additive" {
    when       = assignment_status != "DISABLED"
    principals = [
      "arn:${fact.partition}:quicksight:${local.place}:user/${coalesce(namespace, "default")}/${identities[0].user}",
      "arn:${fact.partition}:quicksight:${local.place}:group/${coalesce(namespace, "default")}/${identities[0].group}",
    ]
    roles = [coalesce(policy_arn, "arn:${fact.partition}:iam::aws:policy/*")]
  }
}

rule "aws_quicksight_folder" {
  identity {
    arn = "arn:${fact.partition}:quicksight:${local.place}:folder/${folder_id}"
  }
  grant "exclusive" {
    for_each   = permissions
    principals = [each.principal]
    actions    = each.actions
    resources  = [self.arn]
  }
  harmless = ["last_updated_time", "name"]
}

rule "aws_quicksight_analysis" {
  identity {
    arn = "arn:${fact.partition}:quicksight:${local.place}:analysis/${analysis_id}"
  }
  grant "exclusive" {
    for_each   = permissions
    principals = [each.principal]
    actions    = each.actions
    resources  = [self.arn]
  }
  harmless = ["last_updated_time", "name", "recovery_window_in_days", "theme_arn"]
}

rule "aws_quicksight_dashboard" {
  identity {
    arn = "arn:${fact.partition}:quicksight:${local.place}:dashboard/${dashboard_id}"
  }
  grant "exclusive" {
    for_each   = permissions
    principals = [each.principal]
    actions    = each.actions
    resources  = [self.arn]
  }
  harmless = [
    "dashboard_publish_options", "last_published_time", "last_updated_time", "name", "theme_arn", "version_description",
    "version_number",
  ]
}

rule "aws_quicksight_data_set" {
  identity {
    arn = "arn:${fact.partition}:quicksight:${local.place}:dataset/${data_set_id}"
  }
  grant "exclusive" {
    for_each   = permissions
    principals = [each.principal]
    actions    = each.actions
    resources  = [self.arn]
  }
  limit "row_level_permission_data_set" {
    with_object = true
    value       = row_level_permission_data_set[0].arn
  }
  limit "row_level_permission_tag_configuration" {
    with_object = true
    value       = row_level_permission_tag_configuration[0].status
  }
  limit "column_level_permission_rules" {
    with_object = true
    value       = column_level_permission_rules
  }
  harmless = ["column_groups", "field_folders", "import_mode", "name", "output_columns", "refresh_properties"]
}

rule "aws_quicksight_data_source" {
  identity {
    arn = "arn:${fact.partition}:quicksight:${local.place}:datasource/${data_source_id}"
  }
  grant "exclusive" {
    for_each   = permission
    principals = [each.principal]
    actions    = each.actions
    resources  = [self.arn]
  }
  harmless = ["name"]
}

rule "aws_quicksight_template" {
  identity {
    arn = "arn:${fact.partition}:quicksight:${local.place}:template/${template_id}"
  }
  grant "exclusive" {
    for_each   = permissions
    principals = [each.principal]
    actions    = each.actions
    resources  = [self.arn]
  }
  harmless = ["last_updated_time", "name", "version_description", "version_number"]
}

rule "aws_quicksight_theme" {
  identity {
    arn = "arn:${fact.partition}:quicksight:${local.place}:theme/${theme_id}"
  }
  grant "exclusive" {
    for_each   = permissions
    principals = [each.principal]
    actions    = each.actions
    resources  = [self.arn]
  }
  harmless = ["base_theme_id", "configuration", "last_updated_time", "name", "version_description", "version_number"]
}

# The groups of the identity centre or of the directory that administer, write and read.
rule "aws_quicksight_account_subscription" {
  locals { resources = ["arn:${fact.partition}:quicksight:${local.place}:user/*"] }
  grant "additive" {
    configured = "admin_group"
    principals = ["Federated:quicksight/group/${admin_group}"]
    actions    = ["quicksight:CreateAdmin"]
    resources  = local.resources
  }
  grant "additive" {
    configured = "admin_pro_group"
    principals = ["Federated:quicksight/group/${admin_pro_group}"]
    actions    = ["quicksight:CreateAdmin"]
    resources  = local.resources
  }
  grant "additive" {
    configured = "author_group"
    principals = ["Federated:quicksight/group/${author_group}"]
    actions    = ["quicksight:CreateUser"]
    resources  = local.resources
  }
  grant "additive" {
    configured = "author_pro_group"
    principals = ["Federated:quicksight/group/${author_pro_group}"]
    actions    = ["quicksight:CreateUser"]
    resources  = local.resources
  }
  grant "additive" {
    configured = "reader_group"
    principals = ["Federated:quicksight/group/${reader_group}"]
    actions    = ["quicksight:CreateReader"]
    resources  = local.resources
  }
  grant "additive" {
    configured = "reader_pro_group"
    principals = ["Federated:quicksight/group/${reader_pro_group}"]
    actions    = ["quicksight:CreateReader"]
    resources  = local.resources
  }
  harmless = [
    "account_subscription_status", "contact_number", "email_address", "first_name", "last_name", "notification_email",
  ]
}
