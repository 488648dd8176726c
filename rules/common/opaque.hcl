# What runs something that a plan does not show, whatever the provider. A provider with a pack of its own goes first.

opaque {
  shell_script                  = "runs a program"
  restapi_object                = "calls an API"
  terracurl_request             = "calls an API"
  graphql_mutation              = "calls an API"
  mysql_sql                     = "runs SQL, which may grant"
  postgresql_script             = "runs SQL, which may grant"
  databricks_global_init_script = "runs a script on every cluster"
  snowflake_execute             = "runs SQL, which may grant"
  snowflake_unsafe_execute      = "runs SQL, which may grant"
  mssql_script                  = "runs SQL, which may grant"
  vault_generic_endpoint        = "writes to any path of Vault"
  vault_generic_secret          = "writes to any path of Vault"
  remote_file                   = "writes a file on another machine"
  kustomization_resource        = "applies manifests that no rule reads"
  k8s_manifest                  = "applies a manifest that no rule reads"
  flux_bootstrap_git            = "lets a repository apply manifests"
  databricks_job                = "runs a program as its owner"
  databricks_sql_query          = "runs SQL"
  spacelift_run                 = "applies another configuration"
  tfe_workspace_run             = "applies another configuration"
  multispace_run                = "applies another configuration"
}

opaque "shell_*" "docker_*exec*" "external_*" "scripting_*" { reason = "runs a program" }
opaque "http_*" { reason = "calls an address" }
opaque "azapi_*" { reason = "makes a resource of any type, role assignments among them, from a body that no rule reads" }
opaque "msgraph_*" { reason = "makes an object of any kind in a directory, from a body that no rule reads" }
opaque "awscc_*iam*" { reason = "makes identities and policies whose attributes no rule reads" }
opaque "awscc_*polic*" { reason = "makes a policy whose attributes no rule reads" }
opaque "awscc_*permission*" "awscc_lakeformation_*" { reason = "makes a permission whose attributes no rule reads" }
opaque "awscc_*role*" { reason = "makes a role whose attributes no rule reads" }
opaque "awscc_sso_*" "awscc_*assignment*" { reason = "makes an assignment whose attributes no rule reads" }
opaque "awscc_*access*" { reason = "makes an access whose attributes no rule reads" }
opaque "awscc_kms_*" { reason = "makes a key whose policy no rule reads" }
opaque "awscc_cloudformation_*" { reason = "applies a template of its own" }
opaque "awscc_organizations_*" { reason = "makes an account or a policy of an organization" }
opaque "awscc_ram_*" { reason = "shares a resource" }
opaque "sql_*" { reason = "runs SQL, which may grant" }
opaque "ansible_*" { reason = "runs a playbook" }
opaque "ssh_*" { reason = "runs a command on another machine" }
opaque "kustomize_*" "carvel_*" { reason = "applies manifests that no rule reads" }
opaque "argocd_application*" { reason = "lets a repository apply manifests" }
opaque "helmfile_*" { reason = "installs charts" }
opaque "command_*" { reason = "runs a command" }

ignore {
  # A null resource does nothing by itself; its provisioners are found in the configuration.
  null_resource   = "does nothing; provisioners are judged apart"
  terraform_data  = "keeps a value; provisioners are judged apart"
  random_password = "a random text; what takes it as a password is judged"
}

acts {
  external              = "runs a program while planning"
  http                  = "calls an address while planning"
  shell_script          = "runs a program while planning"
  aws_lambda_invocation = "runs a function while planning"
  restapi_object        = "calls an API while planning"
  terracurl_request     = "calls an API while planning"
  graphql_query         = "calls an API while planning"
  kustomization_build   = "builds manifests while planning"
  helm_template         = "renders a chart while planning"
  vault_generic_secret  = "reads any path of Vault while planning"
}
