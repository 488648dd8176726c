# KMS: key policies, grants, stores. `Resource = "*"` in a key policy means the key.

rule "aws_kms_key" "aws_kms_external_key" "aws_kms_replica_key" "aws_kms_replica_external_key" {
  # A UUID, or `mrk-` and 32 hexadecimal digits: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html
  identity {
    arn    = "arn:${fact.partition}:kms:${local.place}:key/${self.id}"
    id     = generated(id)
    key_id = self.id
  }
  grant "exclusive" {
    configured = "policy"
    document   = policy
    resources  = [self.arn]
  }
  limit "disabled" {
    with_object = true
    value       = is_enabled == false || enabled == false
    tight       = true
  }
  harmless = [
    "bypass_policy_lockout_safety_check", "customer_master_key_spec", "deletion_window_in_days", "enable_key_rotation", "key_usage",
    "rotation_period_in_days",
  ]
}

rule "aws_kms_key_policy" {
  grant "exclusive" {
    document  = policy
    resources = [startswith(key_id, "arn:") ? key_id : "arn:${fact.partition}:kms:${local.place}:key/${key_id}"]
  }
  harmless = ["bypass_policy_lockout_safety_check"]
}

rule "aws_kms_alias" {
  identity {
    arn  = "arn:${fact.partition}:kms:${local.place}:${self.name}"
    id   = self.name
    name = generated(name, known_or(name_prefix, "alias/"))
  }
}

# The constraints on the encryption context have keys of their own, which no fixed label can say: the grant is read as if
# it had none. `retire_on_delete` only changes how it ends.
rule "aws_kms_grant" {
  locals {
    resources = [startswith(key_id, "arn:") ? key_id : "arn:${fact.partition}:kms:${local.place}:key/${key_id}"]
  }
  grant "additive" {
    principals = [
      grantee_principal == "*" || startswith(grantee_principal, "arn:") ? grantee_principal
      : endswith(grantee_principal, ".amazonaws.com") || endswith(grantee_principal, ".amazon.com") ? "Service:${grantee_principal}"
      : "arn:${fact.partition}:iam::${grantee_principal}:root",
    ]
    actions   = ["kms:${operations}"]
    resources = local.resources
  }
  grant "additive" {
    when       = retiring_principal != null
    principals = [
      retiring_principal == "*" || startswith(retiring_principal, "arn:") ? retiring_principal
      : endswith(retiring_principal, ".amazonaws.com") || endswith(retiring_principal, ".amazon.com") ? "Service:${retiring_principal}"
      : "arn:${fact.partition}:iam::${retiring_principal}:root",
    ]
    actions   = ["kms:RetireGrant"]
    resources = local.resources
  }
}

rule "aws_redshift_snapshot_copy_grant" {
  grant "additive" {
    configured = "kms_key_id"
    principals = ["Service:redshift.amazonaws.com"]
    actions    = [
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ]
    resources = [startswith(kms_key_id, "arn:") ? kms_key_id : "arn:${fact.partition}:kms:${local.place}:key/${kms_key_id}"]
  }
}
