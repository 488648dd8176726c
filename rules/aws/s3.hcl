# S3: who reads and writes buckets and objects, by policy, by ACL, by access grant.

rule "aws_s3_bucket_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:s3:::${bucket}", "arn:${fact.partition}:s3:::${bucket}/*"]
  }
}

rule "aws_s3_access_point" {
  identity {
    alias = generated(alias)
    arn   = "arn:${fact.partition}:s3:${local.place}:accesspoint/${name}"
    name  = name
  }
  grant "exclusive" {
    configured = "policy"
    document   = policy
    resources  = [self.arn, "${self.arn}/object/*"]
  }
  limit "public_access_block_configuration" {
    with_object = true
    value       = public_access_block_configuration
  }
}

rule "aws_s3control_access_point_policy" {
  grant "exclusive" {
    document  = policy
    resources = [access_point_arn, "${access_point_arn}/object/*"]
  }
}

# S3 on Outposts: the bucket is an ARN.
rule "aws_s3control_bucket_policy" {
  grant "exclusive" {
    document  = policy
    resources = [bucket, "${bucket}/object/*"]
  }
}

rule "aws_s3control_object_lambda_access_point_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:s3-object-lambda:${local.place}:accesspoint/${name}"]
  }
}

# The access point's ARN ends in an alias that AWS makes up.
rule "aws_s3control_multi_region_access_point_policy" {
  grant "exclusive" {
    document  = details[0].policy
    resources = ["arn:${fact.partition}:s3::${fact.account}:accesspoint/*"]
  }
}

rule "aws_s3control_access_grants_instance_resource_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:s3:${local.place}:access-grants/default"]
  }
}

rule "aws_s3tables_table_bucket_policy" {
  grant "exclusive" {
    document  = resource_policy
    resources = [table_bucket_arn, "${table_bucket_arn}/*"]
  }
}

# The table's ARN ends in an id that AWS makes up.
rule "aws_s3tables_table_policy" {
  grant "exclusive" {
    document  = resource_policy
    resources = ["${table_bucket_arn}/table/*"]
  }
}

rule "aws_s3_bucket" {
  identity {
    arn                         = "arn:${fact.partition}:s3:::${self.bucket}"
    id                          = self.bucket
    bucket                      = generated(bucket, bucket_prefix)
    bucket_domain_name          = "${self.bucket}.s3.${local.dns}"
    bucket_regional_domain_name = "${self.bucket}.s3.${local.region}.${local.dns}"
  }
  grant "exclusive" {
    configured = "policy"
    document   = policy
    resources  = [self.arn, "${self.arn}/*"]
  }
  grant "additive" {
    configured = "acl"
    when       = acl == "public-read" || acl == "public-read-write" || acl == "authenticated-read"
    principals = ["*"]
    actions    = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
    resources  = [self.arn]
  }
  grant "additive" {
    configured = "acl"
    when       = acl == "public-read-write"
    principals = ["*"]
    actions    = ["s3:DeleteObject", "s3:PutObject"]
    resources  = ["${self.arn}/*"]
  }
  grant "additive" {
    configured = "acl"
    when       = acl == "log-delivery-write"
    principals = ["Service:logging.s3.amazonaws.com"]
    actions    = ["s3:GetBucketAcl", "s3:PutObject"]
    resources  = [self.arn, "${self.arn}/*"]
  }
  grant "additive" {
    configured = "acl"
    when       = acl == "aws-exec-read"
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["s3:GetObject"]
    resources  = ["${self.arn}/*"]
  }
  grant "exclusive" {
    for_each   = grant
    configured = "grant"
    principals = [
      each.type == "CanonicalUser" ? "CanonicalUser:${each.id}"
      : endswith(each.uri, "/LogDelivery") ? "Service:logging.s3.amazonaws.com"
      : "*",
    ]
    actions = [
      contains(each.permissions, "READ") || contains(each.permissions, "FULL_CONTROL")
      ? ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
      : null,
      contains(each.permissions, "WRITE") || contains(each.permissions, "FULL_CONTROL") ? ["s3:DeleteObject", "s3:PutObject"] : null,
      contains(each.permissions, "READ_ACP") || contains(each.permissions, "FULL_CONTROL") ? "s3:GetBucketAcl" : null,
      contains(each.permissions, "WRITE_ACP") || contains(each.permissions, "FULL_CONTROL") ? "s3:PutBucketAcl" : null,
    ]
    resources = [self.arn, "${self.arn}/*"]
  }
  harmless = [
    "acceleration_status", "cors_rule", "force_destroy", "lifecycle_rule", "object_lock_configuration", "object_lock_enabled",
    "request_payer", "server_side_encryption_configuration", "versioning", "website", "website_domain", "website_endpoint",
  ]
}

# A canned ACL of a bucket speaks of the list of its objects, not of their content. Any AWS account at all
# (`authenticated-read`) is everyone.
rule "aws_s3_bucket_acl" {
  locals { resources = ["arn:${fact.partition}:s3:::${bucket}", "arn:${fact.partition}:s3:::${bucket}/*"] }
  grant "exclusive" {
    when       = acl == "public-read" || acl == "public-read-write" || acl == "authenticated-read"
    principals = ["*"]
    actions    = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
    resources  = ["arn:${fact.partition}:s3:::${bucket}"]
  }
  grant "exclusive" {
    when       = acl == "public-read-write"
    principals = ["*"]
    actions    = ["s3:DeleteObject", "s3:PutObject"]
    resources  = ["arn:${fact.partition}:s3:::${bucket}/*"]
  }
  grant "exclusive" {
    when       = acl == "log-delivery-write"
    principals = ["Service:logging.s3.amazonaws.com"]
    actions    = ["s3:GetBucketAcl", "s3:PutObject"]
    resources  = local.resources
  }
  grant "exclusive" {
    when       = acl == "aws-exec-read"
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:${fact.partition}:s3:::${bucket}/*"]
  }
  grant "exclusive" {
    configured = "access_control_policy"
    for_each   = access_control_policy[0].grant
    principals = [
      each.grantee[0].type == "CanonicalUser" ? "CanonicalUser:${each.grantee[0].id}"
      : each.grantee[0].type == "AmazonCustomerByEmail" ? "CanonicalUser:${each.grantee[0].email_address}"
      : endswith(each.grantee[0].uri, "/LogDelivery") ? "Service:logging.s3.amazonaws.com"
      : "*",
    ]
    actions = [
      each.permission == "READ" || each.permission == "FULL_CONTROL"
      ? ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"]
      : null,
      each.permission == "WRITE" || each.permission == "FULL_CONTROL" ? ["s3:DeleteObject", "s3:PutObject"] : null,
      each.permission == "READ_ACP" || each.permission == "FULL_CONTROL" ? "s3:GetBucketAcl" : null,
      each.permission == "WRITE_ACP" || each.permission == "FULL_CONTROL" ? "s3:PutBucketAcl" : null,
    ]
    resources = local.resources
  }
  harmless = ["expected_bucket_owner"]
}

rule "aws_s3_object" {
  identity {
    arn = "arn:${fact.partition}:s3:::${bucket}/${key}"
    key = key
  }
  locals {
    resources = [startswith(bucket, "arn:") ? "${bucket}/object/${key}" : "arn:${fact.partition}:s3:::${bucket}/${key}"]
  }
  grant "additive" {
    configured = "acl"
    when       = acl == "public-read" || acl == "public-read-write" || acl == "authenticated-read"
    principals = ["*"]
    actions    = ["s3:GetObject", "s3:GetObjectVersion"]
    resources  = local.resources
  }
  grant "additive" {
    configured = "acl"
    when       = acl == "aws-exec-read"
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["s3:GetObject"]
    resources  = local.resources
  }
  harmless = [
    "bucket_key_enabled", "cache_control", "checksum_algorithm", "checksum_crc32", "checksum_crc32c", "checksum_crc64nvme",
    "checksum_sha1", "checksum_sha256", "content", "content_base64", "content_disposition", "content_encoding", "content_language",
    "content_type", "etag", "kms_key_id", "metadata", "object_lock_legal_hold_status", "object_lock_mode",
    "object_lock_retain_until_date", "override_provider", "server_side_encryption", "source", "source_hash", "storage_class",
    "version_id", "website_redirect",
  ]
}

rule "aws_s3_bucket_object" {
  identity {
    arn = "arn:${fact.partition}:s3:::${bucket}/${key}"
    key = key
  }
  locals {
    resources = [startswith(bucket, "arn:") ? "${bucket}/object/${key}" : "arn:${fact.partition}:s3:::${bucket}/${key}"]
  }
  grant "additive" {
    when       = acl == "public-read" || acl == "public-read-write" || acl == "authenticated-read"
    principals = ["*"]
    actions    = ["s3:GetObject", "s3:GetObjectVersion"]
    resources  = local.resources
  }
  grant "additive" {
    when       = acl == "aws-exec-read"
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["s3:GetObject"]
    resources  = local.resources
  }
  harmless = [
    "bucket_key_enabled", "cache_control", "content", "content_base64", "content_disposition", "content_encoding",
    "content_language", "content_type", "etag", "kms_key_id", "metadata", "object_lock_legal_hold_status", "object_lock_mode",
    "object_lock_retain_until_date", "server_side_encryption", "source", "source_hash", "storage_class", "version_id",
    "website_redirect",
  ]
}

rule "aws_s3_object_copy" {
  locals {
    resources = [startswith(bucket, "arn:") ? "${bucket}/object/${key}" : "arn:${fact.partition}:s3:::${bucket}/${key}"]
  }
  grant "additive" {
    configured = "acl"
    when       = acl == "public-read" || acl == "public-read-write" || acl == "authenticated-read"
    principals = ["*"]
    actions    = ["s3:GetObject", "s3:GetObjectVersion"]
    resources  = local.resources
  }
  grant "additive" {
    for_each   = grant
    principals = [
      each.type == "CanonicalUser" ? "CanonicalUser:${each.id}"
      : each.type == "AmazonCustomerByEmail" ? "CanonicalUser:${each.email}"
      : "*",
    ]
    actions = [
      contains(each.permissions, "READ") || contains(each.permissions, "FULL_CONTROL") ? ["s3:GetObject", "s3:GetObjectVersion"] : null,
      contains(each.permissions, "READ_ACP") || contains(each.permissions, "FULL_CONTROL") ? "s3:GetObjectAcl" : null,
      contains(each.permissions, "WRITE_ACP") || contains(each.permissions, "FULL_CONTROL") ? "s3:PutObjectAcl" : null,
    ]
    resources = local.resources
  }
}

# A new bucket has its access control lists off and all of its public access blocked, and a create overwrites that:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html
rule "aws_s3_bucket_ownership_controls" {
  limit "object_ownership" {
    value   = rule[0].object_ownership
    tight   = "BucketOwnerEnforced"
    default = "BucketOwnerEnforced"
  }
}

# What the account has was set by hand or elsewhere, so a create may loosen it:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
rule "aws_s3_bucket_public_access_block" "aws_s3_account_public_access_block" {
  limit "block_public_acls" {
    value   = block_public_acls
    tight   = true
    default = true
  }
  limit "block_public_policy" {
    value   = block_public_policy
    tight   = true
    default = true
  }
  limit "ignore_public_acls" {
    value   = ignore_public_acls
    tight   = true
    default = true
  }
  limit "restrict_public_buckets" {
    value   = restrict_public_buckets
    tight   = true
    default = true
  }
}

# An access grant speaks of a location by its id; what the location covers stands on the location.
rule "aws_s3control_access_grant" {
  locals { prefix = coalesce(access_grants_location_configuration[0].s3_sub_prefix, "*") }
  grant "additive" {
    principals = [
      grantee[0].grantee_type == "IAM" ? grantee[0].grantee_identifier
      : grantee[0].grantee_type == "DIRECTORY_USER" ? "arn:${fact.partition}:identitystore:::user/${grantee[0].grantee_identifier}"
      : "arn:${fact.partition}:identitystore:::group/${grantee[0].grantee_identifier}",
    ]
    actions = [
      permission == "READ" || permission == "READWRITE"
      ? ["s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectVersion", "s3:GetObjectVersionAcl", "s3:ListBucket", "s3:ListMultipartUploadParts"]
      : null,
      permission == "WRITE" || permission == "READWRITE"
      ? [
        "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject", "s3:PutObjectAcl",
        "s3:PutObjectVersionAcl",
      ]
      : null,
    ]
    resources = [
      access_grants_location_id == "default"
      ? "arn:${fact.partition}:s3:::${local.prefix}"
      : "arn:${fact.partition}:s3:${local.place}:access-grants/default/location/${access_grants_location_id}/${local.prefix}",
    ]
  }
}

rule "aws_s3control_access_grants_location" {
  grant "additive" {
    principals = ["Service:access-grants.s3.amazonaws.com"]
    actions    = ["sts:AssumeRole", "sts:SetContext", "sts:SetSourceIdentity"]
    resources  = [iam_role_arn]
  }
}

rule "aws_s3control_access_grants_instance" {
  grant "trust" {
    when       = identity_center_arn != null
    principals = ["Federated:${identity_center_arn}"]
    actions    = ["s3:GetDataAccess"]
    resources  = ["arn:${fact.partition}:s3:${local.place}:access-grants/default"]
  }
}

rule "aws_s3control_directory_bucket_access_point_scope" {
  limit "scope" {
    value = scope
  }
}

# Who reads has to have the key as well, where the key is KMS's.
rule "aws_s3_bucket_server_side_encryption_configuration" {
  limit "sse_algorithm" {
    value = startswith(rule[0].apply_server_side_encryption_by_default[0].sse_algorithm, "aws:kms")
    tight = true
  }
  harmless = ["expected_bucket_owner", "rule.bucket_key_enabled"]
}

rule "aws_s3_bucket_versioning" {
  limit "mfa_delete" {
    value = versioning_configuration[0].mfa_delete
    tight = "Enabled"
  }
  harmless = ["expected_bucket_owner", "mfa", "versioning_configuration.status"]
}

rule "aws_s3_bucket_object_lock_configuration" {
  limit "rule" {
    value = rule[0].default_retention
  }
  harmless = ["expected_bucket_owner", "object_lock_enabled", "token"]
}

# Of provider 6. Policies that go by the tags of a bucket count once this is on.
rule "aws_s3_bucket_abac" {
  grant "opaque" {
    when   = abac_status[0].status == "Enabled"
    reason = "lets policies go by the bucket's tags"
  }
  limit "status" {
    value = abac_status[0].status
    tight = "Enabled"
  }
  harmless = ["expected_bucket_owner"]
}
