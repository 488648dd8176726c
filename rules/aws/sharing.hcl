# What is shared with other accounts: images, snapshots, resource shares, portfolios, rooms.

rule "aws_ami_launch_permission" {
  grant "additive" {
    when       = account_id != null || group != null
    principals = [group == null ? "arn:${fact.partition}:iam::${account_id}:root" : "*"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:${fact.partition}:ec2:${local.region}::image/${image_id}"]
  }
  grant "additive" {
    when       = organization_arn != null
    principals = ["*"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:${fact.partition}:ec2:${local.region}::image/${image_id}"]
    condition "StringEquals" "aws:PrincipalOrgID" {
      values = split("/", organization_arn)[1]
    }
  }
  grant "additive" {
    when       = organizational_unit_arn != null
    principals = ["*"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:${fact.partition}:ec2:${local.region}::image/${image_id}"]
    condition "ForAnyValue:StringLike" "aws:PrincipalOrgPaths" {
      values = ["${split("/", organizational_unit_arn)[1]}/*${split("/", organizational_unit_arn)[2]}/*"]
    }
  }
}

# Who may launch the images that the pipeline will build.
rule "aws_imagebuilder_distribution_configuration" {
  grant "additive" {
    for_each   = distribution[*].ami_distribution_configuration[*].launch_permission
    principals = [
      contains(each.user_groups, "all") ? "*" : null,
      "arn:${fact.partition}:iam::${each.user_ids}:root",
    ]
    actions   = ["ec2:RunInstances"]
    resources = ["arn:${fact.partition}:ec2:*::image/*"]
  }
  grant "additive" {
    for_each   = distribution[*].ami_distribution_configuration[*].launch_permission[*].organization_arns
    principals = ["*"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:${fact.partition}:ec2:*::image/*"]
    condition "StringEquals" "aws:PrincipalOrgID" {
      values = split("/", each)[1]
    }
  }
  grant "additive" {
    for_each   = distribution[*].ami_distribution_configuration[*].launch_permission[*].organizational_unit_arns
    principals = ["*"]
    actions    = ["ec2:RunInstances"]
    resources  = ["arn:${fact.partition}:ec2:*::image/*"]
    condition "ForAnyValue:StringLike" "aws:PrincipalOrgPaths" {
      values = ["${split("/", each)[1]}/*${split("/", each)[2]}/*"]
    }
  }
}

# Blocked by default: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
rule "aws_ec2_image_block_public_access" {
  limit "state" {
    value   = state
    tight   = "block-new-sharing"
    default = "block-new-sharing"
  }
}

# A create overwrites what the region has: https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
rule "aws_ebs_snapshot_block_public_access" {
  limit "block_all_sharing" {
    value = state
    tight = "block-all-sharing"
  }
  limit "block_new_sharing" {
    value   = state != "unblocked"
    tight   = true
    default = true
  }
}

# The console of every instance in the region, over the network, with a key of one's own.
rule "aws_ec2_serial_console_access" {
  grant "additive" {
    when       = enabled != false
    principals = ["arn:${fact.partition}:iam::${fact.account}:root"]
    actions    = ["ec2-instance-connect:SendSerialConsoleSSHPublicKey"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:instance/*"]
  }
}

rule "aws_snapshot_create_volume_permission" {
  grant "additive" {
    principals = [account_id == "all" ? "*" : "arn:${fact.partition}:iam::${account_id}:root"]
    actions    = ["ec2:CreateVolume"]
    resources  = ["arn:${fact.partition}:ec2:${local.region}::snapshot/${snapshot_id}"]
  }
}

rule "aws_db_snapshot" {
  templates = ["snapshot"]
  locals {
    snapshot = "snapshot:${db_snapshot_identifier}"
    restore  = ["rds:CopyDBSnapshot", "rds:RestoreDBInstanceFromDBSnapshot"]
  }
}

rule "aws_db_snapshot_copy" {
  templates = ["snapshot"]
  locals {
    snapshot = "snapshot:${target_db_snapshot_identifier}"
    restore  = ["rds:CopyDBSnapshot", "rds:RestoreDBInstanceFromDBSnapshot"]
  }
  harmless = ["copy_tags"]
}

rule "aws_db_cluster_snapshot" {
  templates = ["snapshot"]
  locals {
    snapshot = "cluster-snapshot:${db_cluster_snapshot_identifier}"
    restore  = ["rds:CopyDBClusterSnapshot", "rds:RestoreDBClusterFromSnapshot"]
  }
}

rule "aws_rds_cluster_snapshot_copy" {
  templates = ["snapshot"]
  locals {
    snapshot = "cluster-snapshot:${target_db_cluster_snapshot_identifier}"
    restore  = ["rds:CopyDBClusterSnapshot", "rds:RestoreDBClusterFromSnapshot"]
  }
  harmless = ["copy_tags"]
}

template "snapshot" {
  needs = ["snapshot", "restore"]
  grant "exclusive" {
    for_each   = shared_accounts
    principals = [each == "all" ? "*" : "arn:${fact.partition}:iam::${each}:root"]
    actions    = local.restore
    resources  = ["arn:${fact.partition}:rds:${local.place}:${local.snapshot}"]
  }
}

# `permissions` holds `account_ids`: accounts joined by commas, or `all`.
rule "aws_ssm_document" {
  identity {
    arn  = "arn:${fact.partition}:ssm:${local.place}:document/${name}"
    id   = name
    name = name
  }
  grant "additive" {
    for_each   = split(",", permissions.account_ids)
    principals = [lower(each) == "all" ? "*" : "arn:${fact.partition}:iam::${each}:root"]
    actions    = ["ssm:DescribeDocument", "ssm:GetDocument", "ssm:SendCommand", "ssm:StartAutomationExecution"]
    resources  = ["arn:${fact.partition}:ssm:${local.place}:document/${name}"]
  }
}

# A share has members and resources: one type brings the members, another the resources.
rule "aws_ram_principal_association" {
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = ["ram:AssociateResourceShare"]
    resources = [resource_share_arn]
  }
}

rule "aws_ram_resource_association" {
  grant "additive" {
    principals = [resource_share_arn]
    actions    = ["ram:AssociateResourceShare"]
    resources  = [resource_arn]
  }
}

rule "aws_ram_resource_share" {
  identity {
    arn = generated(arn, "arn:${fact.partition}:ram:${local.place}:resource-share/")
    id  = self.arn
  }
  grant "definition" {
    configured = "permission_arns"
    names      = [arn]
    roles      = permission_arns
  }
  limit "allow_external_principals" {
    with_object = true
    value       = allow_external_principals != true
    tight       = true
  }
  harmless = ["name"]
}

rule "aws_ram_resource_share_accepter" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:root"]
    actions    = ["ram:AcceptResourceShareInvitation"]
    resources  = [share_arn]
  }
}

rule "aws_servicecatalog_principal_portfolio_association" {
  grant "additive" {
    principals = [principal_arn]
    actions    = ["servicecatalog:ProvisionProduct"]
    resources  = ["arn:${fact.partition}:catalog:${local.place}:portfolio/${portfolio_id}"]
  }
  harmless = ["accept_language"]
}

rule "aws_servicecatalog_portfolio_share" {
  grant "additive" {
    principals = [startswith(principal_id, "arn:") ? principal_id : "arn:${fact.partition}:iam::${principal_id}:root"]
    actions    = ["servicecatalog:AcceptPortfolioShare", share_principals ? "servicecatalog:ProvisionProduct" : null]
    resources  = ["arn:${fact.partition}:catalog:${local.place}:portfolio/${portfolio_id}"]
  }
  harmless = ["accept_language", "wait_for_acceptance"]
}

rule "aws_licensemanager_grant" {
  grant "additive" {
    principals = [
      principal == "*" || startswith(principal, "arn:") ? principal
      : endswith(principal, ".amazonaws.com") || endswith(principal, ".amazon.com") ? "Service:${principal}"
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    actions   = ["license-manager:${allowed_operations}"]
    resources = [license_arn]
  }
  harmless = ["name", "status", "version"]
}

rule "aws_cleanrooms_collaboration" {
  grant "additive" {
    for_each   = member
    principals = ["arn:${fact.partition}:iam::${each.account_id}:root"]
    actions    = ["cleanrooms:${each.member_abilities}"]
    resources  = [coalesce(self.arn, "*")]
  }
  harmless = ["create_time", "name", "update_time"]
}

rule "aws_securitylake_subscriber" {
  locals {
    own_names   = source[*].aws_log_source_resource[*].source_name
    other_names = source[*].custom_log_source_resource[*].source_name
  }
  grant "additive" {
    inexact = true
    principals = ["arn:${fact.partition}:iam::${subscriber_identity[0].principal}:root"]
    actions    = [known_or(access_type, "S3") == "LAKEFORMATION" ? "lakeformation:SELECT" : ["s3:GetObject", "s3:GetObjectVersion"]]
    resources  = ["arn:${fact.partition}:securitylake:${local.place}:data-lake/default/${concat(local.own_names, local.other_names)}"]
    condition "StringEquals" "sts:ExternalId" {
      values = [subscriber_identity[0].external_id]
    }
  }
  harmless = ["subscriber_description", "subscriber_name"]
}

rule "aws_securitylake_custom_log_source" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${configuration[0].provider_identity[0].principal}:root"]
    actions    = ["s3:PutObject"]
    resources  = ["arn:${fact.partition}:securitylake:${local.place}:data-lake/default/${source_name}"]
    condition "StringEquals" "sts:ExternalId" {
      values = [configuration[0].provider_identity[0].external_id]
    }
  }
  harmless = ["source_version"]
}

rule "aws_lightsail_bucket_resource_access" {
  grant "additive" {
    principals = ["lightsail:${resource_name}"]
    actions    = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket", "s3:PutObject"]
    resources  = ["arn:${fact.partition}:s3:::${bucket_name}", "arn:${fact.partition}:s3:::${bucket_name}/*"]
  }
}

rule "aws_appstream_user_stack_association" {
  grant "additive" {
    principals = ["appstream:${user_name}"]
    actions    = ["appstream:Stream"]
    resources  = ["arn:${fact.partition}:appstream:${local.place}:stack/${stack_name}"]
  }
  harmless = ["send_email_notification"]
}

# `level` is one of `show`, `deploy`, `manage`, `iam_only`, `deny`.
rule "aws_opsworks_permission" {
  grant "additive" {
    when       = level != "deny"
    configured = "level"
    principals = [user_arn]
    roles      = ["opsworks:${level}"]
    resources  = ["arn:${fact.partition}:opsworks:${local.place}:stack/${stack_id}/"]
  }
  grant "additive" {
    when       = allow_ssh
    configured = "allow_ssh"
    principals = [user_arn]
    actions    = ["opsworks:AllowSsh"]
    resources  = ["arn:${fact.partition}:opsworks:${local.place}:stack/${stack_id}/"]
  }
  grant "additive" {
    when       = allow_sudo
    configured = "allow_sudo"
    principals = [user_arn]
    actions    = ["opsworks:AllowSudo"]
    resources  = ["arn:${fact.partition}:opsworks:${local.place}:stack/${stack_id}/"]
  }
}

# The user reaches the server's files as the role; the session policy narrows it.
rule "aws_transfer_user" {
  identity {
    arn       = "arn:${fact.partition}:transfer:${local.place}:user/${server_id}/${user_name}"
    user_name = user_name
  }
  grant "additive" {
    principals = ["arn:${fact.partition}:transfer:${local.place}:user/${server_id}/${user_name}"]
    actions    = ["sts:AssumeRole"]
    resources  = [role]
  }
  grant "additive" {
    when       = posix_profile[0].uid == 0
    principals = ["arn:${fact.partition}:transfer:${local.place}:user/${server_id}/${user_name}"]
    actions    = ["elasticfilesystem:ClientRootAccess"]
    resources  = ["*"]
  }
  limit "policy" {
    with_object = true
    value       = policy
  }
  limit "home_directory" {
    with_object = true
    value       = home_directory
  }
  limit "home_directory_mappings" {
    with_object = true
    value       = home_directory_mappings
  }
  limit "posix_profile" {
    with_object = true
    value       = posix_profile
  }
}

rule "aws_transfer_access" {
  grant "additive" {
    when       = role != null
    principals = ["arn:${fact.partition}:transfer:${local.place}:access/${server_id}/${external_id}"]
    actions    = ["sts:AssumeRole"]
    resources  = [role]
  }
  grant "additive" {
    when       = posix_profile[0].uid == 0
    principals = ["arn:${fact.partition}:transfer:${local.place}:access/${server_id}/${external_id}"]
    actions    = ["elasticfilesystem:ClientRootAccess"]
    resources  = ["*"]
  }
  limit "policy" {
    with_object = true
    value       = policy
  }
  limit "home_directory" {
    with_object = true
    value       = home_directory
  }
  limit "home_directory_mappings" {
    with_object = true
    value       = home_directory_mappings
  }
  limit "posix_profile" {
    with_object = true
    value       = posix_profile
  }
}

rule "aws_appstream_fleet_stack_association" {
  grant "additive" {
    principals = ["appstream:stack/${stack_name}"]
    actions    = ["appstream:AssociateFleet"]
    resources  = ["arn:${fact.partition}:appstream:${local.place}:fleet/${fleet_name}"]
  }
}

# Everybody in the portfolio may provision the product.
rule "aws_servicecatalog_product_portfolio_association" {
  grant "additive" {
    principals = ["servicecatalog:portfolio/${portfolio_id}"]
    actions    = ["servicecatalog:ProvisionProduct"]
    resources  = ["arn:${fact.partition}:catalog:${local.place}:product/${product_id}"]
  }
}

# What everybody with the profile may do in the contact centre.
rule "aws_connect_security_profile" {
  grant "additive" {
    configured = "permissions"
    principals = ["connect:${instance_id}/security-profile/${name}"]
    actions    = ["connect:${permissions}"]
    resources  = ["arn:${fact.partition}:connect:${local.place}:instance/${instance_id}"]
  }
  harmless = ["organization_resource_id", "security_profile_id"]
}

# Connect writes the permission into the policy of the function or of the bot.
rule "aws_connect_lambda_function_association" {
  grant "additive" {
    principals = ["Service:connect.amazonaws.com"]
    actions    = ["lambda:InvokeFunction"]
    resources  = [function_arn]
    condition "ArnLike" "aws:SourceArn" {
      values = ["arn:${fact.partition}:connect:${local.place}:instance/${instance_id}"]
    }
  }
}

rule "aws_connect_bot_association" {
  grant "additive" {
    principals = ["Service:connect.amazonaws.com"]
    actions    = ["lex:PostContent"]
    resources  = ["arn:${fact.partition}:lex:${coalesce(lex_bot[0].lex_region, local.region)}:${fact.account}:bot:${lex_bot[0].name}:*"]
    condition "ArnLike" "aws:SourceArn" {
      values = ["arn:${fact.partition}:connect:${local.place}:instance/${instance_id}"]
    }
  }
}

rule "aws_lexv2models_bot" {
  grant "additive" {
    for_each   = members
    principals = ["lex:${name}"]
    actions    = ["lex:RecognizeText"]
    resources  = ["arn:${fact.partition}:lex:${local.place}:bot-alias/${each.id}/${each.alias_id}"]
  }
  harmless = ["data_privacy", "idle_session_ttl_in_seconds"]
}
