# What belongs to no provider in particular: what looks like a grant though no rule reads it.
pack "common" {
  sources = []
  prefix  = ""
  dialect = "terraform"
  secrets = ["encrypted_secret", "password", "private_key", "secret", "value"]
}

# Types named after what grants block until a rule says what they are; so do set attributes of these names.
suspect {
  types = [
    "*_iam_*", "*_ram_*", "*_cam_*", "*_rbac_*", "*_kafka_acl*", "*_secret_acl", "*_bucket_acl", "*_topic_acl",
    "*_role", "*_roles", "*_role_*", "*_roleset", "*_grant", "*_grants", "*_grant_*", "*_privileges", "*_privileges_*",
    "*_permission", "*_permissions", "*_permission_*", "*_permissions_*", "*_entitlement", "*_entitlements",
    "*_access_control*", "*_access_grant*", "*_access_binding*", "*_access_key*", "*_access_token*", "*_access_policy*",
    "*_member", "*_members", "*_membership", "*_memberships", "*_group_member_*", "*_collaborator*", "*_invitation*",
    "*_principal_*", "*_service_account", "*_service_account_*", "*_service_principal", "*_service_principal_*",
    "*_service_user", "*_api_key", "*_api_keys", "*_api_key_*", "*_api_token", "*_api_token_*", "*_account_token",
    "*_application_key", "*_token", "*_tokens", "*_credential", "*_credentials", "*_password", "*_secret_id",
    "*_deploy_key", "*_deploy_key_*", "*_ssh_key", "*_sshkey", "*_gpgkey", "*_public_keys", "*_auth_backend",
    "*_auth_backend_*", "*_oidc_*", "*_saml_*", "*_saml", "*_scim_*", "*_sso_*", "*_federation_policy",
    "*_federated_settings_*", "*_federated_identity*", "*_identity_provider*", "*_identity_pool*", "*_identity_group*",
    "*_identity_entity*", "*_trust", "*_user", "*_users", "*_user_role*", "*_user_group*", "*_user_assignment*",
    "*_user_mapping*", "*_admin", "*_admins", "*_administrator", "*_ownership", "*_owner", "*_impersonation_token",
    "*_share_group", "snowflake_share", "databricks_share", "*_ldap_*", "*_group_link*", "*_group_assignment*",
    "*_group_assignments", "okta_group_rule", "okta_idp_*", "okta_auth_server_policy*", "*_group_mapping*",
    "*_authn_mapping*", "*_oauth_*", "*_oauth", "mongodbatlas_team*", "*_cloud_provider_access_*", "tfe_team",
    "snowflake_saml2_integration", "*_app_user", "*_team_access", "*_team_project_access", "*_job_token_scope*",
    "*_assignment_policy", "*_workspace_binding*", "*_restriction_policy", "*_default_privileges", "okta_resource_set",
    "*_pipeline_trigger", "*_recipient", "*_access_application", "*_access_group", "*_secret_backend_role*",
    "vault_policy", "vault_*_login", "*_organization_member*",
  ]
  attributes = [
    "*access*", "*admin*", "*allow*", "*anonymous*", "*api_key*", "*assume*", "*auth*", "*credential*", "*grant*",
    "iam", "iam_*", "*_iam", "*_iam_*", "*identit*", "*impersonat*", "*member*", "*owner*", "*password*", "*permission*",
    "*polic*", "*principal*", "*privilege*", "*public*", "*role*", "*secret*", "*service_account*", "*share*",
    "*ssh_key*", "*token*", "*trust*", "*user*",
  ]
}
