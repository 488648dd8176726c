# Lake Formation. Its permissions are no IAM actions: they are written `lakeformation:SELECT` and so on, on the ARNs of
# the Glue catalogue. Columns and cell filters narrow by conditions of our own (`lakeformation:Column`,
# `lakeformation:DataCellsFilter`). Everybody whom IAM lets (`IAM_ALLOWED_PRINCIPALS`) is the account's root.

# A policy over tags is judged as wide as all its tags: which tags it asks for is not looked at.
rule "aws_lakeformation_permissions" {
  locals {
    glue       = "arn:${fact.partition}:glue:${local.region}"
    lake       = "arn:${fact.partition}:lakeformation:${local.region}"
    table      = table[0]
    columns    = table_with_columns[0]
    cells      = data_cells_filter[0]
    table_in   = coalesce(local.table.catalog_id, catalog_id, fact.account)
    columns_in = coalesce(local.columns.catalog_id, catalog_id, fact.account)
    tag        = lf_tag[0]
    tags       = lf_tag_policy[0]
    principals = [
      principal == "IAM_ALLOWED_PRINCIPALS" ? "arn:${fact.partition}:iam::${fact.account}:root"
      : endswith(principal, ":IAMPrincipals") ? "arn:${fact.partition}:iam::${trimsuffix(principal, ":IAMPrincipals")}:root"
      : startswith(principal, "arn:") ? principal
      : "arn:${fact.partition}:iam::${principal}:root",
    ]
    resources = [
      catalog_resource ? "${local.glue}:${known_or(catalog_id, fact.account)}:catalog" : null,
      "${local.glue}:${coalesce(database[0].catalog_id, catalog_id, fact.account)}:database/${database[0].name}",
      "${local.glue}:${local.table_in}:table/${local.table.database_name}/${local.table.wildcard ? "*" : local.table.name}",
      "${local.glue}:${local.columns_in}:table/${local.columns.database_name}/${local.columns.name}",
      "${local.glue}:${local.cells.table_catalog_id}:table/${local.cells.database_name}/${local.cells.table_name}",
      data_location[0].arn,
      "${local.lake}:${coalesce(local.tag.catalog_id, catalog_id, fact.account)}:lf-tag/${local.tag.key}=${local.tag.values}",
      "${local.lake}:${coalesce(local.tags.catalog_id, catalog_id, fact.account)}:lf-tag-policy/${local.tags.resource_type}",
    ]
  }
  grant "additive" {
    principals = local.principals
    actions    = ["lakeformation:${permissions}"]
    resources  = local.resources
    condition "StringEquals" "lakeformation:Column" {
      values = table_with_columns[0].column_names
    }
    condition "StringNotEquals" "lakeformation:Column" {
      values = table_with_columns[0].excluded_column_names
    }
    condition "StringEquals" "lakeformation:DataCellsFilter" {
      values = data_cells_filter[0].name
    }
  }
  grant "additive" {
    configured = "permissions_with_grant_option"
    for_each   = permissions_with_grant_option
    grantable  = true
    principals = local.principals
    actions    = ["lakeformation:${each}"]
    resources  = local.resources
    condition "StringEquals" "lakeformation:Column" {
      values = table_with_columns[0].column_names
    }
    condition "StringNotEquals" "lakeformation:Column" {
      values = table_with_columns[0].excluded_column_names
    }
    condition "StringEquals" "lakeformation:DataCellsFilter" {
      values = data_cells_filter[0].name
    }
  }
}

# Administrators may do and grant everything; `read_only_admins` see everything.
rule "aws_lakeformation_data_lake_settings" {
  locals {
    principals = [
      each.principal == "IAM_ALLOWED_PRINCIPALS" ? "arn:${fact.partition}:iam::${fact.account}:root"
      : endswith(each.principal, ":IAMPrincipals") ? "arn:${fact.partition}:iam::${trimsuffix(each.principal, ":IAMPrincipals")}:root"
      : startswith(each.principal, "arn:") ? each.principal
      : "arn:${fact.partition}:iam::${each.principal}:root",
    ]
  }
  grant "exclusive" {
    configured = "admins"
    for_each   = admins
    principals = [each]
    actions    = ["lakeformation:*"]
    resources  = ["arn:${fact.partition}:glue:${local.place}:*"]
  }
  grant "exclusive" {
    configured = "read_only_admins"
    for_each   = read_only_admins
    principals = [each]
    actions    = ["lakeformation:Describe*", "lakeformation:Get*", "lakeformation:List*", "lakeformation:Search*"]
    resources  = ["arn:${fact.partition}:glue:${local.place}:*"]
  }
  grant "exclusive" {
    for_each   = create_database_default_permissions
    principals = local.principals
    actions    = ["lakeformation:${each.permissions}"]
    resources  = ["arn:${fact.partition}:glue:${local.place}:database/*"]
  }
  grant "exclusive" {
    for_each   = create_table_default_permissions
    principals = local.principals
    actions    = ["lakeformation:${each.permissions}"]
    resources  = ["arn:${fact.partition}:glue:${local.place}:table/*"]
  }
  grant "exclusive" {
    configured = "external_data_filtering_allow_list"
    for_each   = external_data_filtering_allow_list
    principals = ["arn:${fact.partition}:iam::${each}:root"]
    actions    = ["lakeformation:GetDataAccess"]
    resources  = ["arn:${fact.partition}:glue:${local.place}:*"]
  }
  grant "exclusive" {
    when       = allow_full_table_external_data_access
    principals = ["arn:${fact.partition}:iam::${fact.account}:root"]
    actions    = ["lakeformation:GetDataAccess"]
    resources  = ["arn:${fact.partition}:glue:${local.place}:*"]
  }
  harmless = ["parameters"]
}

rule "aws_glue_catalog_database" {
  identity {
    arn  = "arn:${fact.partition}:glue:${local.region}:${known_or(catalog_id, fact.account)}:database/${name}"
    name = name
  }
  grant "additive" {
    for_each   = create_table_default_permission
    principals = [
      each.principal[0].data_lake_principal_identifier == "IAM_ALLOWED_PRINCIPALS" ? "arn:${fact.partition}:iam::${fact.account}:root"
      : endswith(each.principal[0].data_lake_principal_identifier, ":IAMPrincipals")
      ? "arn:${fact.partition}:iam::${trimsuffix(each.principal[0].data_lake_principal_identifier, ":IAMPrincipals")}:root"
      : startswith(each.principal[0].data_lake_principal_identifier, "arn:") ? each.principal[0].data_lake_principal_identifier
      : "arn:${fact.partition}:iam::${each.principal[0].data_lake_principal_identifier}:root",
    ]
    actions   = ["lakeformation:${each.permissions}"]
    resources = ["arn:${fact.partition}:glue:${local.place}:table/${name}/*"]
  }
  harmless = ["location_uri", "parameters"]
}

# Lake Formation reaches the location as this role, for everybody to whom it grants what lies there.
rule "aws_lakeformation_resource" {
  grant "additive" {
    configured = "role_arn"
    principals = ["Service:lakeformation.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = [role_arn]
  }
  grant "additive" {
    principals = ["Service:lakeformation.amazonaws.com"]
    actions    = ["lakeformation:RegisterResource"]
    resources  = [arn]
  }
}

# Opting in changes which permissions count for a principal: those of Lake Formation instead of IAM's. It adds none.
rule "aws_lakeformation_opt_in" {
  limit "opt_in" {
    value = "${principal[0].data_lake_principal_identifier}"
  }
}

# Who holds a permission on a tag holds it on what bears the tag.
rule "aws_lakeformation_resource_lf_tag" {
  grant "additive" {
    principals = ["arn:${fact.partition}:lakeformation:${local.place}:lf-tag/${lf_tag[0].key}=${lf_tag[0].value}"]
    actions    = ["lakeformation:AddLFTagsToResource"]
    resources  = [
      "arn:${fact.partition}:glue:${local.place}:database/${database[0].name}",
      "arn:${fact.partition}:glue:${local.place}:table/${table[0].database_name}/${coalesce(table[0].name, "*")}",
      "arn:${fact.partition}:glue:${local.place}:table/${table_with_columns[0].database_name}/${table_with_columns[0].name}",
    ]
  }
}

rule "aws_lakeformation_resource_lf_tags" {
  grant "additive" {
    for_each   = lf_tag
    principals = ["arn:${fact.partition}:lakeformation:${local.place}:lf-tag/${each.key}=${each.value}"]
    actions    = ["lakeformation:AddLFTagsToResource"]
    resources  = [
      "arn:${fact.partition}:glue:${local.place}:database/${database[0].name}",
      "arn:${fact.partition}:glue:${local.place}:table/${table[0].database_name}/${coalesce(table[0].name, "*")}",
      "arn:${fact.partition}:glue:${local.place}:table/${table_with_columns[0].database_name}/${table_with_columns[0].name}",
    ]
  }
}

# A filter is what a grant on it lets through.
rule "aws_lakeformation_data_cells_filter" {
  limit "row_filter" {
    with_object = true
    value       = table_data[0].row_filter
  }
  limit "column_names" {
    with_object = true
    value       = table_data[0].column_names
  }
  limit "column_wildcard" {
    with_object = true
    value       = table_data[0].column_wildcard
  }
}
