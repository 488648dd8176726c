# APIs that applications answer: who may call them. How an application tells its own callers apart is its own affair;
# letting in everybody is a grant, and losing what tells callers apart widens.

# Without authorization a method answers everybody.
rule "aws_api_gateway_method" {
  grant "additive" {
    when       = authorization == "NONE"
    principals = ["*"]
    actions    = ["execute-api:Invoke"]
    resources  = ["arn:${fact.partition}:execute-api:${local.place}:${rest_api_id}/*/${http_method == "ANY" ? "*" : http_method}/*"]
    condition "StringEquals" "apigateway:Request/ApiKeyRequired" {
      values = api_key_required ? ["true"] : null
    }
  }
  harmless = ["operation_name", "request_models", "request_parameters", "request_validator_id"]
}

rule "aws_apigatewayv2_route" {
  identity {
    id = generated(id)
  }
  grant "additive" {
    when       = coalesce(authorization_type, "NONE") == "NONE"
    principals = ["*"]
    actions    = ["execute-api:Invoke"]
    resources  = ["arn:${fact.partition}:execute-api:${local.place}:${api_id}/*"]
  }
  harmless = [
    "model_selection_expression", "operation_name", "request_models", "request_parameter",
    "route_response_selection_expression",
  ]
}

# `target` makes a route without authorization along with the API.
rule "aws_apigatewayv2_api" {
  identity {
    api_endpoint  = "${protocol_type == "WEBSOCKET" ? "wss" : "https"}://${self.id}.execute-api.${local.region}.${local.dns}"
    arn           = "arn:${fact.partition}:apigateway:${local.region}::/apis/${self.id}"
    execution_arn = "arn:${fact.partition}:execute-api:${local.place}:${self.id}"
    id            = generated(id)
  }
  grant "opaque" {
    when   = body != null
    reason = "puts an API definition that may hold routes without authorization and roles"
  }
  grant "additive" {
    when       = target != null
    principals = ["*"]
    actions    = ["execute-api:Invoke"]
    resources  = ["arn:${fact.partition}:execute-api:${local.place}:${self.id}/*"]
  }
  limit "disable_execute_api_endpoint" {
    with_object = true
    value       = disable_execute_api_endpoint
    tight       = true
  }
  harmless = [
    "api_endpoint", "api_key_selection_expression", "cors_configuration", "execution_arn", "fail_on_warnings",
    "ip_address_type", "name", "route_selection_expression", "version",
  ]
}

rule "aws_apigatewayv2_domain_name" {
  limit "truststore_uri" {
    with_object = true
    value       = mutual_tls_authentication[0].truststore_uri
  }
  limit "truststore_version" {
    with_object = true
    value       = mutual_tls_authentication[0].truststore_version
  }
}

rule "aws_appsync_graphql_api" {
  identity {
    arn = "arn:${fact.partition}:appsync:${local.place}:apis/${self.id}"
    id  = generated(id)
  }
  limit "authentication_type" {
    with_object = true
    value       = authentication_type
  }
  limit "additional_authentication_provider" {
    with_object = true
    value       = additional_authentication_provider
  }
  limit "authorizer_uri" {
    with_object = true
    value       = lambda_authorizer_config[0].authorizer_uri
  }
  limit "openid_connect_config" {
    with_object = true
    value       = openid_connect_config
  }
  limit "user_pool_config" {
    with_object = true
    value       = user_pool_config
  }
}

# Of provider 6.
rule "aws_appsync_api" {
  limit "auth_provider" {
    with_object = true
    value       = event_config[0].auth_provider
  }
  limit "connection_auth_mode" {
    with_object = true
    value       = event_config[0].connection_auth_mode
  }
  limit "default_publish_auth_mode" {
    with_object = true
    value       = event_config[0].default_publish_auth_mode
  }
  limit "default_subscribe_auth_mode" {
    with_object = true
    value       = event_config[0].default_subscribe_auth_mode
  }
}

# Of provider 6.
rule "aws_appsync_channel_namespace" {
  limit "publish_auth_mode" {
    with_object = true
    value       = publish_auth_mode
  }
  limit "subscribe_auth_mode" {
    with_object = true
    value       = subscribe_auth_mode
  }
}

# Without IAM authentication everybody in the network may call. A policy counts only where it is asked for.
rule "aws_vpclattice_service" "aws_vpclattice_service_network" {
  limit "auth_type" {
    with_object = true
    value       = auth_type
    tight       = "AWS_IAM"
  }
}

# Of provider 6. A gateway without an authorizer answers everybody.
rule "aws_bedrockagentcore_gateway" {
  grant "additive" {
    when       = authorizer_type == "NONE"
    principals = ["*"]
    actions    = ["bedrock-agentcore:InvokeGateway"]
    resources  = ["arn:${fact.partition}:bedrock-agentcore:${local.place}:gateway/${name}*"]
  }
  limit "authorizer_configuration" {
    with_object = true
    value       = authorizer_configuration
  }
  limit "authorizer_type" {
    with_object = true
    value       = authorizer_type
  }
  harmless = ["exception_level", "kms_key_arn", "protocol_configuration"]
}

# Of provider 6. Without an authorizer IAM decides who calls.
rule "aws_bedrockagentcore_agent_runtime" {
  limit "authorizer_configuration" {
    with_object = true
    value       = authorizer_configuration
  }
}

# A listener that no longer signs people in, or no longer asks for their certificate, lets everybody through.
rule "aws_alb_listener" "aws_lb_listener" {
  limit "default_action" {
    with_object = true
    value       = contains(default_action[*].type, "authenticate-oidc") || contains(default_action[*].type, "authenticate-cognito")
    tight       = true
  }
  limit "mutual_authentication" {
    with_object = true
    value       = mutual_authentication[0].mode
    tight       = "verify"
  }
  limit "trust_store_arn" {
    with_object = true
    value       = mutual_authentication[0].trust_store_arn
  }
}

rule "aws_alb_listener_rule" "aws_lb_listener_rule" {
  limit "action" {
    with_object = true
    value       = contains(action[*].type, "authenticate-oidc") || contains(action[*].type, "authenticate-cognito")
    tight       = true
  }
}

rule "aws_lb_trust_store" {
  limit "ca_certificates_bundle" {
    with_object = true
    value       = "${ca_certificates_bundle_s3_bucket}/${ca_certificates_bundle_s3_key}"
  }
  limit "ca_certificates_bundle_s3_object_version" {
    with_object = true
    value       = ca_certificates_bundle_s3_object_version
  }
}

rule "aws_kendra_index" {
  limit "user_context_policy" {
    with_object = true
    value       = user_context_policy
    tight       = "USER_TOKEN"
  }
  limit "user_token_configurations" {
    with_object = true
    value       = user_token_configurations
  }
}
