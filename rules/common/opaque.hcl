# What runs something that a plan does not show, whatever the provider. A provider with a pack of its own goes first.

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
}
