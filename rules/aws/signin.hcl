# Who signs in where: networks, files, desktops, portals, devices.

# The certificate authority, the identity provider or the directory vouches for everybody who connects.
rule "aws_ec2_client_vpn_endpoint" {
  grant "trust" {
    for_each   = authentication_options
    principals = [
      "Federated:${each.root_certificate_chain_arn}",
      "Federated:${each.saml_provider_arn}",
      "Federated:${each.self_service_saml_provider_arn}",
      each.active_directory_id == null ? null : "Federated:ds/${each.active_directory_id}",
    ]
    actions   = ["ec2:AuthorizeClientVpnIngress"]
    resources = ["arn:${fact.partition}:ec2:${local.place}:client-vpn-endpoint/*"]
  }
  limit "client_connect_options" {
    with_object = true
    value       = client_connect_options[0].lambda_function_arn
  }
  harmless = [
    "client_login_banner_options", "connection_log_options", "disconnect_on_session_timeout", "dns_name", "dns_servers",
    "security_group_ids", "self_service_portal", "self_service_portal_url", "server_certificate_arn",
    "session_timeout_hours", "split_tunnel", "transport_protocol", "vpn_port",
  ]
}

# Who signs in is said by the service's own users, by a directory, or by a function, one of another account too.
rule "aws_transfer_server" {
  identity {
    arn = "arn:${fact.partition}:transfer:${local.place}:server/${self.id}"
    id  = generated(id)
  }
  grant "trust" {
    when       = function != null || url != null || directory_id != null
    principals = [
      function,
      "Federated:${url}",
      directory_id == null ? null : "Federated:ds/${directory_id}",
    ]
    actions   = ["transfer:TestIdentityProvider"]
    resources = ["arn:${fact.partition}:transfer:${local.place}:server/*"]
  }
  grant "credential" {
    when       = host_key != null
    principals = ["transfer:server"]
  }
  harmless = [
    "endpoint", "endpoint_details", "host_key_fingerprint", "post_authentication_login_banner",
    "pre_authentication_login_banner", "protocol_details", "protocols", "s3_storage_options", "security_policy_name",
    "structured_log_destinations",
  ]
}

# Of provider 6.
rule "aws_transfer_host_key" {
  grant "credential" {
    principals = ["transfer:${server_id}"]
  }
}

# A partner's certificate says whose messages are accepted; one with a key signs or opens one's own.
rule "aws_transfer_certificate" {
  grant "trust" {
    when       = private_key == null
    principals = ["Federated:transfer/${usage}"]
    actions    = ["transfer:ImportCertificate"]
    resources  = ["arn:${fact.partition}:transfer:${local.place}:certificate/*"]
  }
  grant "credential" {
    when       = private_key != null
    principals = ["transfer:${usage}"]
  }
  harmless = ["active_date", "certificate_id", "inactive_date"]
}

rule "aws_workspaces_directory" {
  grant "trust" {
    when       = certificate_based_auth_properties[0].status == "ENABLED"
    principals = ["Federated:${certificate_based_auth_properties[0].certificate_authority_arn}"]
    actions    = ["workspaces:RegisterWorkspaceDirectory"]
    resources  = ["arn:${fact.partition}:workspaces:${local.place}:directory/${directory_id}"]
  }
  grant "trust" {
    when       = saml_properties[0].status == "ENABLED" || saml_properties[0].status == "ENABLED_WITH_DIRECTORY_LOGIN_FALLBACK"
    principals = ["Federated:${saml_properties[0].user_access_url}"]
    actions    = ["workspaces:RegisterWorkspaceDirectory"]
    resources  = ["arn:${fact.partition}:workspaces:${local.place}:directory/${directory_id}"]
  }
  limit "ip_group_ids" {
    with_object = true
    value       = known_or(ip_group_ids, null)
  }
  harmless = [
    "alias", "customer_user_name", "directory_name", "dns_ip_addresses", "registration_code",
    "self_service_permissions", "workspace_creation_properties", "workspace_directory_description",
    "workspace_directory_name",
  ]
}

rule "aws_workspaces_workspace" {
  grant "additive" {
    principals = ["Federated:ds/${directory_id}/${user_name}"]
    actions    = ["workspaces:CreateWorkspaces"]
    resources  = ["arn:${fact.partition}:workspaces:${local.place}:directory/${directory_id}"]
  }
  harmless = [
    "computer_name", "ip_address", "root_volume_encryption_enabled", "state", "user_volume_encryption_enabled",
    "volume_encryption_key", "workspace_properties",
  ]
}

# Of provider 6.
rule "aws_workspacesweb_identity_provider" {
  grant "trust" {
    principals = ["Federated:workspaces-web/${identity_provider_type}/${identity_provider_name}"]
    actions    = ["workspaces-web:CreateIdentityProvider"]
    resources  = [portal_arn]
  }
  limit "identity_provider_details" {
    with_object = true
    value       = identity_provider_details
  }
}

rule "aws_worklink_fleet" {
  grant "trust" {
    when       = identity_provider[0] != null
    principals = ["Federated:worklink/${name}"]
    actions    = ["worklink:AssociateWebsiteAuthorizationProvider"]
    resources  = ["arn:${fact.partition}:worklink::${fact.account}:fleet/${name}"]
  }
  harmless = [
    "company_code", "created_time", "display_name", "last_updated_time", "network", "optimize_for_end_user_location",
  ]
}

# The authorizer's function decides who connects, and with which policy.
rule "aws_iot_domain_configuration" {
  grant "trust" {
    when       = authorizer_config[0].default_authorizer_name != null
    principals = ["arn:${fact.partition}:iot:${local.place}:authorizer/${authorizer_config[0].default_authorizer_name}"]
    actions    = ["iot:Connect", "iot:Publish", "iot:Receive", "iot:Subscribe"]
    resources  = ["arn:${fact.partition}:iot:${local.place}:domainconfiguration/${name}/*"]
  }
  harmless = ["domain_type", "tls_config"]
}

rule "aws_grafana_workspace" {
  identity {
    arn = "arn:${fact.partition}:grafana:${local.place}:/workspaces/${self.id}"
    id  = generated(id)
  }
  limit "authentication_providers" {
    with_object = true
    value       = authentication_providers
  }
  limit "account_access_type" {
    with_object = true
    value       = account_access_type
    tight       = "CURRENT_ACCOUNT"
  }
}

# A machine of the owner: what it holds are his rights.
rule "aws_cloud9_environment_ec2" {
  grant "additive" {
    configured = "owner_arn"
    principals = [owner_arn]
    actions    = ["cloud9:CreateEnvironmentEC2"]
    resources  = ["arn:${fact.partition}:cloud9:${local.place}:environment:*"]
  }
  harmless = ["automatic_stop_time_minutes", "instance_type", "name"]
}

# Whose signatures open what a distribution keeps private.
rule "aws_cloudfront_key_group" {
  grant "trust" {
    principals = ["cloudfront:${items}"]
    actions    = ["cloudfront:CreateKeyGroup"]
    resources  = ["arn:${fact.partition}:cloudfront::${fact.account}:key-group/${name}"]
  }
  harmless = ["etag"]
}

# Whose code runs in the functions that ask for signatures. `Warn` lets in unsigned code as well.
rule "aws_lambda_code_signing_config" {
  identity {
    arn       = "arn:${fact.partition}:lambda:${local.place}:code-signing-config:${self.config_id}"
    config_id = generated(config_id)
    id        = self.arn
  }
  grant "trust" {
    principals = [
      coalesce(policies[0].untrusted_artifact_on_deployment, "Warn") == "Warn" ? "*" : allowed_publishers[0].signing_profile_version_arns,
    ]
    actions   = ["lambda:UpdateFunctionCode"]
    resources = ["arn:${fact.partition}:lambda:${local.place}:code-signing-config:*"]
  }
  harmless = ["config_id", "last_modified"]
}

# Of provider 6. The people of the identity centre become principals of Lake Formation.
rule "aws_lakeformation_identity_center_configuration" {
  grant "trust" {
    principals = ["Federated:${instance_arn}"]
    actions    = ["lakeformation:CreateLakeFormationIdentityCenterConfiguration"]
    resources  = ["arn:${fact.partition}:glue:${local.region}:${known_or(catalog_id, fact.account)}:catalog"]
  }
}
