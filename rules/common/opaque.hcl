# What runs something that a plan does not show, whatever the provider. A provider with a pack of its own goes first.

opaque "shell_script" {
  reason = "runs a program"
}

opaque "shell_*" {
  reason = "runs a program"
}

opaque "restapi_object" {
  reason = "calls an API"
}

opaque "terracurl_request" {
  reason = "calls an API"
}

opaque "graphql_mutation" {
  reason = "calls an API"
}

opaque "http_*" {
  reason = "calls an address"
}

opaque "azapi_*" {
  reason = "makes a resource of any type, role assignments among them, from a body that no rule reads"
}

opaque "msgraph_*" {
  reason = "makes an object of any kind in a directory, from a body that no rule reads"
}

opaque "awscc_*iam*" {
  reason = "makes identities and policies whose attributes no rule reads"
}

opaque "awscc_*polic*" {
  reason = "makes a policy whose attributes no rule reads"
}

opaque "awscc_*permission*" {
  reason = "makes a permission whose attributes no rule reads"
}

opaque "awscc_*role*" {
  reason = "makes a role whose attributes no rule reads"
}

opaque "awscc_sso_*" {
  reason = "makes an assignment whose attributes no rule reads"
}

opaque "awscc_*assignment*" {
  reason = "makes an assignment whose attributes no rule reads"
}

opaque "awscc_*access*" {
  reason = "makes an access whose attributes no rule reads"
}

opaque "awscc_kms_*" {
  reason = "makes a key whose policy no rule reads"
}

opaque "awscc_cloudformation_*" {
  reason = "applies a template of its own"
}

opaque "awscc_organizations_*" {
  reason = "makes an account or a policy of an organization"
}

opaque "awscc_lakeformation_*" {
  reason = "makes a permission whose attributes no rule reads"
}

opaque "awscc_ram_*" {
  reason = "shares a resource"
}

opaque "sql_*" {
  reason = "runs SQL, which may grant"
}

opaque "mysql_sql" {
  reason = "runs SQL, which may grant"
}

opaque "postgresql_script" {
  reason = "runs SQL, which may grant"
}

opaque "databricks_global_init_script" {
  reason = "runs a script on every cluster"
}

opaque "snowflake_execute" {
  reason = "runs SQL, which may grant"
}

opaque "snowflake_unsafe_execute" {
  reason = "runs SQL, which may grant"
}

opaque "mssql_script" {
  reason = "runs SQL, which may grant"
}

opaque "vault_generic_endpoint" {
  reason = "writes to any path of Vault"
}

opaque "vault_generic_secret" {
  reason = "writes to any path of Vault"
}

opaque "ansible_*" {
  reason = "runs a playbook"
}

opaque "ssh_*" {
  reason = "runs a command on another machine"
}

opaque "remote_file" {
  reason = "writes a file on another machine"
}

opaque "kustomization_resource" {
  reason = "applies manifests that no rule reads"
}

opaque "kustomize_*" {
  reason = "applies manifests that no rule reads"
}

opaque "k8s_manifest" {
  reason = "applies a manifest that no rule reads"
}

opaque "argocd_application*" {
  reason = "lets a repository apply manifests"
}

opaque "flux_bootstrap_git" {
  reason = "lets a repository apply manifests"
}

opaque "helmfile_*" {
  reason = "installs charts"
}

opaque "carvel_*" {
  reason = "applies manifests that no rule reads"
}

opaque "docker_*exec*" {
  reason = "runs a program"
}

opaque "command_*" {
  reason = "runs a command"
}

opaque "external_*" {
  reason = "runs a program"
}

opaque "scripting_*" {
  reason = "runs a program"
}

opaque "databricks_job" {
  reason = "runs a program as its owner"
}

opaque "databricks_sql_query" {
  reason = "runs SQL"
}

opaque "spacelift_run" {
  reason = "applies another configuration"
}

opaque "tfe_workspace_run" {
  reason = "applies another configuration"
}

opaque "multispace_run" {
  reason = "applies another configuration"
}

# A null resource does nothing by itself; its provisioners are found in the configuration.
ignore "null_resource" {
  reason = "does nothing; provisioners are judged apart"
}

ignore "terraform_data" {
  reason = "keeps a value; provisioners are judged apart"
}

ignore "random_password" {
  reason = "a random text; what takes it as a password is judged"
}

acts "external" {
  reason = "runs a program while planning"
}

acts "http" {
  reason = "calls an address while planning"
}

acts "shell_script" {
  reason = "runs a program while planning"
}

acts "aws_lambda_invocation" {
  reason = "runs a function while planning"
}

acts "restapi_object" {
  reason = "calls an API while planning"
}

acts "terracurl_request" {
  reason = "calls an API while planning"
}

acts "graphql_query" {
  reason = "calls an API while planning"
}

acts "kustomization_build" {
  reason = "builds manifests while planning"
}

acts "helm_template" {
  reason = "renders a chart while planning"
}

acts "vault_generic_secret" {
  reason = "reads any path of Vault while planning"
}
