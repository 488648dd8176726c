# The organization: policies that limit, accounts, administrators.

rule "aws_organizations_resource_policy" {
  grant "exclusive" {
    document  = content
    resources = ["arn:${fact.partition}:organizations::${fact.account}:*"]
  }
}

# A service or resource control policy is a limit wherever it is attached; so is a declarative one. A policy on tags, backups
# or the use of data is none.
# A service or resource control policy is a limit wherever it is attached; so is a declarative one. A policy on tags, backups
# or the use of data is none. Where several policies are attached, what they allow adds up, so one that allows gives:
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
# While its id is not known, a policy goes by its name.
rule "aws_organizations_policy" {
  identity {
    type = "SERVICE_CONTROL_POLICY"
    id   = "organizations-policy/${name}"
  }
  grant "definition" {
    when     = contains(["RESOURCE_CONTROL_POLICY", "SERVICE_CONTROL_POLICY"], self.type)
    defines  = "aws_organizations_policy"
    names    = [self.id]
    document = content
  }
  limit "content" {
    value = content
    when  = !contains(["AISERVICES_OPT_OUT_POLICY", "BACKUP_POLICY", "TAG_POLICY"], self.type)
  }
  harmless = ["name"]
}

rule "aws_organizations_policy_attachment" {
  grant "additive" {
    principals = ["organizations:${target_id}"]
    roles      = [policy_id]
    role_kind  = "aws_organizations_policy"
  }
  limit "attachment" {
    value = "${policy_id} on ${target_id}"
  }
}

rule "aws_organizations_organization" {
  identity {
    id = generated(id)
  }
  grant "additive" {
    for_each   = aws_service_access_principals
    principals = ["Service:${each}"]
    actions    = ["organizations:EnableAWSServiceAccess"]
    resources  = ["*"]
  }
  limit "service_control_policies" {
    value = contains(enabled_policy_types, "SERVICE_CONTROL_POLICY")
    tight = true
  }
  limit "resource_control_policies" {
    value = contains(enabled_policy_types, "RESOURCE_CONTROL_POLICY")
    tight = true
  }
  limit "declarative_policies" {
    value = contains(enabled_policy_types, "DECLARATIVE_POLICY_EC2")
    tight = true
  }
  harmless = ["accounts", "non_master_accounts", "roots"]
}

# A new account comes with a role that administers it, and that the account which creates it may assume.
rule "aws_organizations_account" {
  identity {
    id = generated(id)
  }
  locals {
    resources = ["arn:${fact.partition}:iam::${self.id}:role/${coalesce(role_name, "OrganizationAccountAccessRole")}"]
  }
  grant "trust" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:root"]
    actions    = ["sts:AssumeRole"]
    resources  = local.resources
  }
  grant "additive" {
    principals = local.resources
    roles      = ["arn:${fact.partition}:iam::aws:policy/AdministratorAccess"]
  }
  harmless = ["close_on_deletion", "joined_timestamp", "name", "status"]
  # What the policies of its unit forbid, an account leaves behind.
  limit "parent_id" {
    with_object = true
    value       = known_or(parent_id, null)
  }
}

# Delegated administrators: the account acts for the whole organization in one service.
rule "aws_organizations_delegated_administrator" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = [service_principal]
    }
  }
}

rule "aws_guardduty_organization_admin_account" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${admin_account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["guardduty.amazonaws.com"]
    }
  }
}

rule "aws_securityhub_organization_admin_account" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${admin_account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["securityhub.amazonaws.com"]
    }
  }
}

rule "aws_macie2_organization_admin_account" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${admin_account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["macie.amazonaws.com"]
    }
  }
}

rule "aws_auditmanager_organization_admin_account_registration" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${admin_account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["auditmanager.amazonaws.com"]
    }
  }
}

rule "aws_detective_organization_admin_account" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["detective.amazonaws.com"]
    }
  }
}

rule "aws_inspector2_delegated_admin_account" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["inspector2.amazonaws.com"]
    }
  }
}

rule "aws_fms_admin_account" {
  grant "additive" {
    configured = "account_id"
    principals = ["arn:${fact.partition}:iam::${account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["fms.amazonaws.com"]
    }
  }
}

rule "aws_cloudtrail_organization_delegated_admin_account" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["cloudtrail.amazonaws.com"]
    }
  }
}

rule "aws_vpc_ipam_organization_admin_account" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${delegated_admin_account_id}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["ipam.amazonaws.com"]
    }
  }
}

# An account that is invited sees nothing; the one that accepts lets the inviting account manage the service and see its
# findings.
rule "aws_guardduty_invite_accepter" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${master_account_id}:root"]
    actions    = ["guardduty:AcceptAdministratorInvitation"]
    resources  = ["arn:${fact.partition}:guardduty:${local.place}:detector/${detector_id}"]
  }
}

rule "aws_securityhub_invite_accepter" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${master_id}:root"]
    actions    = ["securityhub:AcceptAdministratorInvitation"]
    resources  = ["arn:${fact.partition}:securityhub:${local.place}:hub/default"]
  }
}

rule "aws_macie2_invitation_accepter" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${administrator_account_id}:root"]
    actions    = ["macie2:AcceptInvitation"]
    resources  = ["*"]
  }
}

rule "aws_detective_invitation_accepter" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${split(":", graph_arn)[4]}:root"]
    actions    = ["detective:AcceptInvitation"]
    resources  = [graph_arn]
  }
}

rule "aws_config_aggregate_authorization" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${account_id}:root"]
    actions    = ["config:PutConfigurationAggregator"]
    resources  = ["arn:${fact.partition}:config:*:${fact.account}:aggregation-authorization/${account_id}/${region}"]
  }
}

rule "aws_auditmanager_framework_share" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${destination_account}:root"]
    actions    = ["auditmanager:UpdateAssessmentFrameworkShare"]
    resources  = ["arn:${fact.partition}:auditmanager:${local.place}:assessmentFramework/${framework_id}"]
  }
}

rule "aws_servicecatalog_organizations_access" {
  grant "additive" {
    when       = enabled
    principals = ["Service:servicecatalog.amazonaws.com"]
    actions    = ["organizations:EnableAWSServiceAccess"]
    resources  = ["*"]
  }
}

# A control that Control Tower applies is a limit; to take it away widens.
rule "aws_controltower_control" {
  limit "control" {
    value = "${control_identifier} on ${target_identifier}"
  }
}

# AWS's response team acts in the account.
rule "aws_shield_drt_access_role_arn_association" {
  grant "additive" {
    principals = ["Service:drt.shield.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = [role_arn]
  }
}

rule "aws_shield_drt_access_log_bucket_association" {
  grant "additive" {
    principals = ["Service:drt.shield.amazonaws.com"]
    actions    = ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"]
    resources  = ["arn:${fact.partition}:s3:::${log_bucket}", "arn:${fact.partition}:s3:::${log_bucket}/*"]
  }
}

rule "aws_auditmanager_account_registration" {
  grant "additive" {
    when       = delegated_admin_account != null
    principals = ["arn:${fact.partition}:iam::${delegated_admin_account}:root"]
    actions    = ["organizations:RegisterDelegatedAdministrator"]
    resources  = ["*"]
    condition "StringEquals" "organizations:ServicePrincipal" {
      values = ["auditmanager.amazonaws.com"]
    }
  }
  harmless = ["deregister_on_destroy", "kms_key", "status"]
}
