# Access that is given otherwise than by a binding.

# The old roles of a dataset are roles of IAM: https://cloud.google.com/bigquery/docs/access-control-basic-roles
rule "google_bigquery_dataset" {
  locals {
    view       = each.view[0]
    routine    = each.routine[0]
    routine_in = "bigquery.googleapis.com/projects/${local.routine.project_id}"
    dataset    = each.dataset[0].dataset[0]
  }
  identity {
    id        = "projects/${local.project}/datasets/${dataset_id}"
    self_link = "https://bigquery.googleapis.com/bigquery/v2/projects/${local.project}/datasets/${dataset_id}"
  }
  grant "exclusive" {
    for_each   = access
    configured = "access"
    principals = [
      each.user_by_email == "" ? null
      : endswith(each.user_by_email, ".gserviceaccount.com") ? "serviceAccount:${each.user_by_email}"
      : "user:${each.user_by_email}",
      each.group_by_email == "" ? null : "group:${each.group_by_email}",
      each.domain == "" ? null : "domain:${each.domain}",
      each.iam_member == "" ? null : each.iam_member,
      each.special_group == "" ? null
      : each.special_group == "allAuthenticatedUsers" ? "allAuthenticatedUsers"
      : "specialGroup:${each.special_group}",
      "view://bigquery.googleapis.com/projects/${local.view.project_id}/datasets/${local.view.dataset_id}/tables/${local.view.table_id}",
      "routine://${local.routine_in}/datasets/${local.routine.dataset_id}/routines/${local.routine.routine_id}",
      "dataset://bigquery.googleapis.com/projects/${local.dataset.project_id}/datasets/${local.dataset.dataset_id}",
    ]
    roles = [
      each.role == "READER" ? "roles/bigquery.dataViewer"
      : each.role == "WRITER" ? "roles/bigquery.dataEditor"
      : each.role == "OWNER" ? "roles/bigquery.dataOwner"
      : each.role == "" ? "authorized"
      : coalesce(each.role, "authorized"),
    ]
    resources  = ["//bigquery.googleapis.com/projects/${local.project}/datasets/${dataset_id}"]
    expression = each.condition[0].expression
  }
  harmless = [
    "creation_time", "default_collation", "default_encryption_configuration", "default_partition_expiration_ms",
    "default_table_expiration_ms", "delete_contents_on_destroy", "friendly_name", "is_case_insensitive", "last_modified_time",
    "max_time_travel_hours", "storage_billing_model",
  ]
}

rule "google_bigquery_dataset_access" {
  locals {
    routine    = routine[0]
    routine_in = "bigquery.googleapis.com/projects/${local.routine.project_id}"
  }
  grant "additive" {
    principals = [
      user_by_email == "" ? null
      : endswith(user_by_email, ".gserviceaccount.com") ? "serviceAccount:${user_by_email}"
      : "user:${user_by_email}",
      group_by_email == "" ? null : "group:${group_by_email}",
      domain == "" ? null : "domain:${domain}",
      iam_member == "" ? null : iam_member,
      special_group == "" ? null : (special_group == "allAuthenticatedUsers" ? "allAuthenticatedUsers" : "specialGroup:${special_group}"),
      "view://bigquery.googleapis.com/projects/${view[0].project_id}/datasets/${view[0].dataset_id}/tables/${view[0].table_id}",
      "routine://${local.routine_in}/datasets/${local.routine.dataset_id}/routines/${local.routine.routine_id}",
      "dataset://bigquery.googleapis.com/projects/${dataset[0].dataset[0].project_id}/datasets/${dataset[0].dataset[0].dataset_id}",
    ]
    roles = [
      role == "READER" ? "roles/bigquery.dataViewer"
      : role == "WRITER" ? "roles/bigquery.dataEditor"
      : role == "OWNER" ? "roles/bigquery.dataOwner"
      : role == "" ? "authorized"
      : coalesce(role, "authorized"),
    ]
    resources  = ["//bigquery.googleapis.com/projects/${local.project}/datasets/${dataset_id}"]
    expression = condition[0].expression
  }
}

rule "google_bigquery_row_access_policy" {
  grant "exclusive" {
    principals = grantees
    roles      = ["roles/bigquery.filteredDataViewer"]
    resources  = [
      "//bigquery.googleapis.com/projects/${local.project}/datasets/${dataset_id}/tables/${table_id}/rowAccessPolicies/${policy_id}",
    ]
  }
  limit "filter_predicate" {
    value = filter_predicate
  }
}

rule "google_bigquery_datapolicy_data_policy" {
  locals { name = "projects/${local.project}/locations/${location}/dataPolicies/${data_policy_id}" }
  identity {
    name = local.name
    id   = local.name
  }
  limit "data_masking_policy" {
    value = data_masking_policy
  }
}

# Access control lists of storage. An entity is spelled `user-E`, `group-E`, `domain-D`, `project-TEAM-P` or one of
# the two names of everybody; a role is `OWNER`, `WRITER` or `READER`.
rule "google_storage_bucket_access_control" "google_storage_default_object_access_control" {
  grant "additive" {
    principals = [
      startswith(entity, "user-")
      ? (endswith(entity, ".gserviceaccount.com") ? "serviceAccount:${trimprefix(entity, "user-")}" : "user:${trimprefix(entity, "user-")}")
      : startswith(entity, "group-") ? "group:${trimprefix(entity, "group-")}"
      : startswith(entity, "domain-") ? "domain:${trimprefix(entity, "domain-")}"
      : entity,
    ]
    roles     = ["storage-acl:${coalesce(role, "OWNER")}"]
    resources = ["//storage.googleapis.com/${bucket}"]
  }
}

rule "google_storage_object_access_control" {
  grant "additive" {
    principals = [
      startswith(entity, "user-")
      ? (endswith(entity, ".gserviceaccount.com") ? "serviceAccount:${trimprefix(entity, "user-")}" : "user:${trimprefix(entity, "user-")}")
      : startswith(entity, "group-") ? "group:${trimprefix(entity, "group-")}"
      : startswith(entity, "domain-") ? "domain:${trimprefix(entity, "domain-")}"
      : entity,
    ]
    roles     = ["storage-acl:${coalesce(role, "OWNER")}"]
    resources = ["//storage.googleapis.com/${bucket}/objects/${object}"]
  }
}

locals {
  listed_entity = split(":", each)[1]
  listed_user   = trimprefix(local.listed_entity, "user-")
  listed_member = (
    startswith(local.listed_entity, "user-")
    ? (endswith(each, ".gserviceaccount.com") ? "serviceAccount:${local.listed_user}" : "user:${local.listed_user}")
    : startswith(local.listed_entity, "group-") ? "group:${trimprefix(local.listed_entity, "group-")}"
    : startswith(local.listed_entity, "domain-") ? "domain:${trimprefix(local.listed_entity, "domain-")}"
    : local.listed_entity
  )
}

# A list is made of `ROLE:ENTITY`; a predefined list has a name, such as `publicRead`.
rule "google_storage_bucket_acl" {
  grant "exclusive" {
    for_each   = role_entity
    configured = "role_entity"
    principals = [local.listed_member]
    roles      = ["storage-acl:${split(":", each)[0]}"]
    resources  = ["//storage.googleapis.com/${bucket}"]
  }
  grant "exclusive" {
    principals = [
      predefined_acl == "publicRead" ? "allUsers"
      : predefined_acl == "publicReadWrite" ? "allUsers"
      : predefined_acl == "authenticatedRead" ? "allAuthenticatedUsers"
      : "projectTeam",
    ]
    roles     = ["storage-acl:${predefined_acl}"]
    resources = ["//storage.googleapis.com/${bucket}"]
  }
  grant "exclusive" {
    principals = [default_acl == "publicRead" ? "allUsers" : (default_acl == "authenticatedRead" ? "allAuthenticatedUsers" : "projectTeam")]
    roles      = ["storage-acl:${default_acl}"]
    resources  = ["//storage.googleapis.com/${bucket}"]
  }
}

rule "google_storage_default_object_acl" {
  grant "exclusive" {
    for_each   = role_entity
    configured = "role_entity"
    principals = [local.listed_member]
    roles      = ["storage-acl:${split(":", each)[0]}"]
    resources  = ["//storage.googleapis.com/${bucket}"]
  }
}

rule "google_storage_object_acl" {
  grant "exclusive" {
    for_each   = role_entity
    configured = "role_entity"
    principals = [local.listed_member]
    roles      = ["storage-acl:${split(":", each)[0]}"]
    resources  = ["//storage.googleapis.com/${bucket}/objects/${object}"]
  }
  grant "exclusive" {
    principals = [
      predefined_acl == "publicRead" ? "allUsers" : (predefined_acl == "authenticatedRead" ? "allAuthenticatedUsers" : "projectTeam"),
    ]
    roles     = ["storage-acl:${predefined_acl}"]
    resources = ["//storage.googleapis.com/${bucket}/objects/${object}"]
  }
}

# A user of a database: of IAM, or with a password of its own. `type` alone is the resource's, so the user's is read
# from what is left of the arguments.
rule "google_sql_user" {
  locals {
    kind = except(
      "database_roles", "deletion_policy", "host", "instance", "name", "password", "password_policy", "password_wo",
      "password_wo_version", "project", "sql_server_user_details",
    )
  }
  grant "additive" {
    when       = startswith(local.kind, "type=CLOUD_IAM")
    principals = [
      local.kind == "type=CLOUD_IAM_USER" ? "user:${name}"
      : local.kind == "type=CLOUD_IAM_SERVICE_ACCOUNT" ? "serviceAccount:${name}"
      : "group:${name}",
    ]
    roles     = ["sql-user"]
    resources = ["//cloudsql.googleapis.com/projects/${local.project}/instances/${instance}"]
  }
  grant "credential" {
    when       = !startswith(local.kind, "type=CLOUD_IAM")
    principals = ["sqlUser://cloudsql.googleapis.com/projects/${local.project}/instances/${instance}/users/${name}"]
  }
  harmless = ["deletion_policy", "password_policy.password_expiration_duration"]
}

rule "google_alloydb_user" {
  grant "additive" {
    principals = [
      user_type == "ALLOYDB_IAM_USER" ? (endswith(user_id, ".iam") ? "serviceAccount:${user_id}.gserviceaccount.com" : "user:${user_id}")
      : "alloydbUser:${user_id}",
    ]
    roles     = concat("alloydb-user", database_roles)
    resources = ["//alloydb.googleapis.com/${cluster}"]
  }
  grant "credential" {
    when       = user_type == "ALLOYDB_BUILT_IN"
    principals = ["alloydbUser:${user_id}"]
  }
}

rule "google_managed_kafka_acl" {
  grant "exclusive" {
    for_each   = acl_entries
    when       = each.permission_type != "DENY"
    principals = ["kafka:${each.principal}"]
    actions    = ["kafka:${acl_id}:${each.operation}:from:${coalesce(each.host, "*")}"]
    resources  = ["//managedkafka.googleapis.com/projects/${local.project}/locations/${location}/clusters/${cluster}"]
  }
}

# Roles in the clusters of a fleet.
rule "google_gke_hub_scope_rbac_role_binding" {
  grant "additive" {
    principals = [user == "" ? null : "user:${user}", group == "" ? null : "group:${group}"]
    roles      = [
      role[0].custom_role == "" ? null : "gke-hub-custom:${role[0].custom_role}",
      role[0].predefined_role == "" ? null : "gke-hub:${role[0].predefined_role}",
    ]
    resources = ["//gkehub.googleapis.com/projects/${local.project}/locations/global/scopes/${scope_id}"]
  }
}

rule "google_gke_hub_membership_rbac_role_binding" {
  grant "additive" {
    principals = ["user:${user}"]
    roles      = ["gke-hub:${role[0].predefined_role}"]
    resources  = ["//gkehub.googleapis.com/projects/${local.project}/locations/${location}/memberships/${membership_id}"]
  }
}

rule "google_apigee_sync_authorization" {
  grant "exclusive" {
    principals = identities
    roles      = ["apigee-synchronizer"]
    resources  = ["//apigee.googleapis.com/organizations/${name}"]
  }
}

rule "google_apigee_control_plane_access" {
  grant "exclusive" {
    when       = synchronizer_identities[0] != null
    principals = synchronizer_identities
    roles      = ["apigee-synchronizer"]
    resources  = ["//apigee.googleapis.com/organizations/${name}"]
  }
  grant "exclusive" {
    when       = analytics_publisher_identities[0] != null
    principals = analytics_publisher_identities
    roles      = ["apigee-analytics-publisher"]
    resources  = ["//apigee.googleapis.com/organizations/${name}"]
  }
}

rule "google_site_verification_owner" {
  grant "additive" {
    principals = ["user:${email}"]
    roles      = ["site-owner"]
    resources  = ["//siteverification.googleapis.com/${web_resource_id}"]
  }
}

rule "google_compute_shared_vpc_service_project" {
  grant "additive" {
    principals = ["project:${service_project}"]
    roles      = ["shared-vpc-service-project"]
    resources  = ["//cloudresourcemanager.googleapis.com/projects/${host_project}"]
  }
}

# A tag may be what a conditional binding waits for, or what exempts a resource from a deny policy.
rule "google_tags_tag_binding" "google_tags_location_tag_binding" {
  grant "additive" {
    principals = ["tagged:${parent}"]
    actions    = ["tag:${tag_value}"]
    resources  = [parent]
  }
}
