# Access that is given otherwise than by a binding.

# The old roles of a dataset are roles of IAM: https://cloud.google.com/bigquery/docs/access-control-basic-roles
rule "google_bigquery_dataset" {
  identity {
    id        = "projects/${known_or(project, fact.project)}/datasets/${dataset_id}"
    self_link = "https://bigquery.googleapis.com/bigquery/v2/projects/${known_or(project, fact.project)}/datasets/${dataset_id}"
  }
  grant "exclusive" {
    for_each   = access
    configured = "access"
    principals = [
      each.user_by_email == "" ? null : (endswith(each.user_by_email, ".gserviceaccount.com") ? "serviceAccount:${each.user_by_email}" : "user:${each.user_by_email}"),
      each.group_by_email == "" ? null : "group:${each.group_by_email}",
      each.domain == "" ? null : "domain:${each.domain}",
      each.iam_member == "" ? null : each.iam_member,
      each.special_group == "" ? null : (each.special_group == "allAuthenticatedUsers" ? "allAuthenticatedUsers" : "specialGroup:${each.special_group}"),
      "view://bigquery.googleapis.com/projects/${each.view[0].project_id}/datasets/${each.view[0].dataset_id}/tables/${each.view[0].table_id}",
      "routine://bigquery.googleapis.com/projects/${each.routine[0].project_id}/datasets/${each.routine[0].dataset_id}/routines/${each.routine[0].routine_id}",
      "dataset://bigquery.googleapis.com/projects/${each.dataset[0].dataset[0].project_id}/datasets/${each.dataset[0].dataset[0].dataset_id}",
    ]
    roles      = [
      each.role == "READER" ? "roles/bigquery.dataViewer" : (each.role == "WRITER" ? "roles/bigquery.dataEditor" : (each.role == "OWNER" ? "roles/bigquery.dataOwner" : (each.role == "" ? "authorized" : coalesce(each.role, "authorized")))),
    ]
    resources  = ["//bigquery.googleapis.com/projects/${known_or(project, fact.project)}/datasets/${dataset_id}"]
    expression = each.condition[0].expression
  }
}

rule "google_bigquery_dataset_access" {
  grant "additive" {
    principals = [
      user_by_email == "" ? null : (endswith(user_by_email, ".gserviceaccount.com") ? "serviceAccount:${user_by_email}" : "user:${user_by_email}"),
      group_by_email == "" ? null : "group:${group_by_email}",
      domain == "" ? null : "domain:${domain}",
      iam_member == "" ? null : iam_member,
      special_group == "" ? null : (special_group == "allAuthenticatedUsers" ? "allAuthenticatedUsers" : "specialGroup:${special_group}"),
      "view://bigquery.googleapis.com/projects/${view[0].project_id}/datasets/${view[0].dataset_id}/tables/${view[0].table_id}",
      "routine://bigquery.googleapis.com/projects/${routine[0].project_id}/datasets/${routine[0].dataset_id}/routines/${routine[0].routine_id}",
      "dataset://bigquery.googleapis.com/projects/${dataset[0].dataset[0].project_id}/datasets/${dataset[0].dataset[0].dataset_id}",
    ]
    roles      = [
      role == "READER" ? "roles/bigquery.dataViewer" : (role == "WRITER" ? "roles/bigquery.dataEditor" : (role == "OWNER" ? "roles/bigquery.dataOwner" : (role == "" ? "authorized" : coalesce(role, "authorized")))),
    ]
    resources  = ["//bigquery.googleapis.com/projects/${known_or(project, fact.project)}/datasets/${dataset_id}"]
    expression = condition[0].expression
  }
}

rule "google_bigquery_row_access_policy" {
  grant "exclusive" {
    principals = grantees
    roles      = ["roles/bigquery.filteredDataViewer"]
    resources  = ["//bigquery.googleapis.com/projects/${known_or(project, fact.project)}/datasets/${dataset_id}/tables/${table_id}/rowAccessPolicies/${policy_id}"]
  }
  limit "filter_predicate" {
    value = filter_predicate
  }
}

rule "google_bigquery_datapolicy_data_policy" {
  identity {
    name = "projects/${known_or(project, fact.project)}/locations/${location}/dataPolicies/${data_policy_id}"
    id   = "projects/${known_or(project, fact.project)}/locations/${location}/dataPolicies/${data_policy_id}"
  }
  limit "data_masking_policy" {
    value = data_masking_policy
  }
}

# Access control lists of storage. An entity is spelled `user-E`, `group-E`, `domain-D`, `project-TEAM-P` or one of
# the two names of everybody; a role is `OWNER`, `WRITER` or `READER`.
rule "google_storage_bucket_access_control" {
  grant "additive" {
    principals = [
      startswith(entity, "user-") ? (endswith(entity, ".gserviceaccount.com") ? "serviceAccount:${trimprefix(entity, "user-")}" : "user:${trimprefix(entity, "user-")}") : (startswith(entity, "group-") ? "group:${trimprefix(entity, "group-")}" : (startswith(entity, "domain-") ? "domain:${trimprefix(entity, "domain-")}" : entity)),
    ]
    roles      = ["storage-acl:${coalesce(role, "OWNER")}"]
    resources  = ["//storage.googleapis.com/${bucket}"]
  }
}

rule "google_storage_default_object_access_control" {
  grant "additive" {
    principals = [
      startswith(entity, "user-") ? (endswith(entity, ".gserviceaccount.com") ? "serviceAccount:${trimprefix(entity, "user-")}" : "user:${trimprefix(entity, "user-")}") : (startswith(entity, "group-") ? "group:${trimprefix(entity, "group-")}" : (startswith(entity, "domain-") ? "domain:${trimprefix(entity, "domain-")}" : entity)),
    ]
    roles      = ["storage-acl:${coalesce(role, "OWNER")}"]
    resources  = ["//storage.googleapis.com/${bucket}"]
  }
}

rule "google_storage_object_access_control" {
  grant "additive" {
    principals = [
      startswith(entity, "user-") ? (endswith(entity, ".gserviceaccount.com") ? "serviceAccount:${trimprefix(entity, "user-")}" : "user:${trimprefix(entity, "user-")}") : (startswith(entity, "group-") ? "group:${trimprefix(entity, "group-")}" : (startswith(entity, "domain-") ? "domain:${trimprefix(entity, "domain-")}" : entity)),
    ]
    roles      = ["storage-acl:${coalesce(role, "OWNER")}"]
    resources  = ["//storage.googleapis.com/${bucket}/objects/${object}"]
  }
}

# A list is made of `ROLE:ENTITY`; a predefined list has a name, such as `publicRead`.
rule "google_storage_bucket_acl" {
  grant "exclusive" {
    for_each   = role_entity
    configured = "role_entity"
    principals = [
      startswith(split(":", each)[1], "user-") ? (endswith(each, ".gserviceaccount.com") ? "serviceAccount:${trimprefix(split(":", each)[1], "user-")}" : "user:${trimprefix(split(":", each)[1], "user-")}") : (startswith(split(":", each)[1], "group-") ? "group:${trimprefix(split(":", each)[1], "group-")}" : (startswith(split(":", each)[1], "domain-") ? "domain:${trimprefix(split(":", each)[1], "domain-")}" : split(":", each)[1])),
    ]
    roles      = ["storage-acl:${split(":", each)[0]}"]
    resources  = ["//storage.googleapis.com/${bucket}"]
  }
  grant "exclusive" {
    principals = [predefined_acl == "publicRead" ? "allUsers" : (predefined_acl == "publicReadWrite" ? "allUsers" : (predefined_acl == "authenticatedRead" ? "allAuthenticatedUsers" : "projectTeam"))]
    roles      = ["storage-acl:${predefined_acl}"]
    resources  = ["//storage.googleapis.com/${bucket}"]
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
    principals = [
      startswith(split(":", each)[1], "user-") ? (endswith(each, ".gserviceaccount.com") ? "serviceAccount:${trimprefix(split(":", each)[1], "user-")}" : "user:${trimprefix(split(":", each)[1], "user-")}") : (startswith(split(":", each)[1], "group-") ? "group:${trimprefix(split(":", each)[1], "group-")}" : (startswith(split(":", each)[1], "domain-") ? "domain:${trimprefix(split(":", each)[1], "domain-")}" : split(":", each)[1])),
    ]
    roles      = ["storage-acl:${split(":", each)[0]}"]
    resources  = ["//storage.googleapis.com/${bucket}"]
  }
}

rule "google_storage_object_acl" {
  grant "exclusive" {
    for_each   = role_entity
    configured = "role_entity"
    principals = [
      startswith(split(":", each)[1], "user-") ? (endswith(each, ".gserviceaccount.com") ? "serviceAccount:${trimprefix(split(":", each)[1], "user-")}" : "user:${trimprefix(split(":", each)[1], "user-")}") : (startswith(split(":", each)[1], "group-") ? "group:${trimprefix(split(":", each)[1], "group-")}" : (startswith(split(":", each)[1], "domain-") ? "domain:${trimprefix(split(":", each)[1], "domain-")}" : split(":", each)[1])),
    ]
    roles      = ["storage-acl:${split(":", each)[0]}"]
    resources  = ["//storage.googleapis.com/${bucket}/objects/${object}"]
  }
  grant "exclusive" {
    principals = [predefined_acl == "publicRead" ? "allUsers" : (predefined_acl == "authenticatedRead" ? "allAuthenticatedUsers" : "projectTeam")]
    roles      = ["storage-acl:${predefined_acl}"]
    resources  = ["//storage.googleapis.com/${bucket}/objects/${object}"]
  }
}

# A user of a database: of IAM, or with a password of its own. `type` alone is the resource's, so the user's is read
# from what is left of the arguments.
rule "google_sql_user" {
  grant "additive" {
    when       = startswith(except("database_roles", "deletion_policy", "host", "instance", "name", "password", "password_policy", "password_wo", "password_wo_version", "project", "sql_server_user_details"), "type=CLOUD_IAM")
    principals = [except("database_roles", "deletion_policy", "host", "instance", "name", "password", "password_policy", "password_wo", "password_wo_version", "project", "sql_server_user_details") == "type=CLOUD_IAM_USER" ? "user:${name}" : (except("database_roles", "deletion_policy", "host", "instance", "name", "password", "password_policy", "password_wo", "password_wo_version", "project", "sql_server_user_details") == "type=CLOUD_IAM_SERVICE_ACCOUNT" ? "serviceAccount:${name}" : "group:${name}")]
    roles      = ["sql-user"]
    resources  = ["//cloudsql.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}"]
  }
  grant "credential" {
    when       = !startswith(except("database_roles", "deletion_policy", "host", "instance", "name", "password", "password_policy", "password_wo", "password_wo_version", "project", "sql_server_user_details"), "type=CLOUD_IAM")
    principals = ["sqlUser://cloudsql.googleapis.com/projects/${known_or(project, fact.project)}/instances/${instance}/users/${name}"]
  }
}

rule "google_alloydb_user" {
  grant "additive" {
    principals = [user_type == "ALLOYDB_IAM_USER" ? (endswith(user_id, ".iam") ? "serviceAccount:${user_id}.gserviceaccount.com" : "user:${user_id}") : "alloydbUser:${user_id}"]
    roles      = concat("alloydb-user", database_roles)
    resources  = ["//alloydb.googleapis.com/${cluster}"]
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
    resources  = ["//managedkafka.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/clusters/${cluster}"]
  }
}

# Roles in the clusters of a fleet.
rule "google_gke_hub_scope_rbac_role_binding" {
  grant "additive" {
    principals = [user == "" ? null : "user:${user}", group == "" ? null : "group:${group}"]
    roles      = [role[0].custom_role == "" ? null : "gke-hub-custom:${role[0].custom_role}", role[0].predefined_role == "" ? null : "gke-hub:${role[0].predefined_role}"]
    resources  = ["//gkehub.googleapis.com/projects/${known_or(project, fact.project)}/locations/global/scopes/${scope_id}"]
  }
}

rule "google_gke_hub_membership_rbac_role_binding" {
  grant "additive" {
    principals = ["user:${user}"]
    roles      = ["gke-hub:${role[0].predefined_role}"]
    resources  = ["//gkehub.googleapis.com/projects/${known_or(project, fact.project)}/locations/${location}/memberships/${membership_id}"]
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

# Keys in the metadata of a project open every instance that does not refuse them.
rule "google_compute_project_metadata" {
  grant "credential" {
    when       = contains(keys(metadata), "ssh-keys")
    principals = ["instances:projects/${known_or(project, fact.project)}"]
  }
  grant "credential" {
    when       = contains(keys(metadata), "sshKeys")
    principals = ["instances:projects/${known_or(project, fact.project)}"]
  }
  grant "opaque" {
    when   = contains(keys(metadata), "startup-script")
    reason = "runs a script on every instance of the project"
  }
  limit "enable-oslogin" {
    value = metadata["enable-oslogin"]
  }
}

rule "google_compute_project_metadata_item" {
  grant "credential" {
    when       = contains(["ssh-keys", "sshKeys"], key)
    principals = ["instances:projects/${known_or(project, fact.project)}"]
  }
  grant "opaque" {
    when   = startswith(key, "startup-script")
    reason = "runs a script on every instance of the project"
  }
  limit "enable-oslogin" {
    when  = key == "enable-oslogin"
    value = value
  }
}

# A tag may be what a conditional binding waits for, or what exempts a resource from a deny policy.
rule "google_tags_tag_binding" {
  grant "additive" {
    principals = ["tagged:${parent}"]
    actions    = ["tag:${tag_value}"]
    resources  = [parent]
  }
}

rule "google_tags_location_tag_binding" {
  grant "additive" {
    principals = ["tagged:${parent}"]
    actions    = ["tag:${tag_value}"]
    resources  = [parent]
  }
}
