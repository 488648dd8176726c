# Gateways, endpoints, lattices.

rule "aws_vpclattice_auth_policy" {
  grant "exclusive" {
    document  = policy
    resources = [
      startswith(resource_identifier, "arn:") ? resource_identifier
      : "arn:${fact.partition}:vpc-lattice:${local.place}:*/${resource_identifier}",
      startswith(resource_identifier, "arn:") ? "${resource_identifier}/*"
      : "arn:${fact.partition}:vpc-lattice:${local.place}:*/${resource_identifier}/*",
    ]
  }
}

rule "aws_vpclattice_resource_policy" "aws_networkfirewall_resource_policy" {
  grant "exclusive" {
    document  = policy
    resources = [resource_arn]
  }
}

# `body` may hold a policy, roles and methods without authorization, in JSON or in YAML.
rule "aws_api_gateway_rest_api" {
  identity {
    arn              = "arn:${fact.partition}:apigateway:${local.region}::/restapis/${self.id}"
    execution_arn    = "arn:${fact.partition}:execute-api:${local.place}:${self.id}"
    id               = generated(id)
    root_resource_id = generated(root_resource_id)
  }
  grant "opaque" {
    when   = body != null
    reason = "puts an API definition that may hold a policy, roles and methods without authorization"
  }
  grant "exclusive" {
    configured = "policy"
    document   = policy
    resources  = ["arn:${fact.partition}:execute-api:${local.place}:*"]
  }
  harmless = ["api_key_source", "binary_media_types", "minimum_compression_size", "name"]
  limit "disable_execute_api_endpoint" {
    with_object = true
    value       = known_or(disable_execute_api_endpoint, null)
    tight       = true
  }
}

rule "aws_api_gateway_rest_api_policy" {
  grant "exclusive" {
    document  = policy
    resources = ["arn:${fact.partition}:execute-api:${local.place}:${rest_api_id}/*"]
  }
}

rule "aws_api_gateway_domain_name" {
  grant "exclusive" {
    when      = policy != null
    document  = policy
    resources = ["arn:${fact.partition}:execute-api:${local.place}:/domainnames/${domain_name}*"]
  }
  harmless = [
    "certificate_arn", "certificate_body", "certificate_chain", "certificate_name", "certificate_private_key",
    "certificate_upload_date", "ownership_verification_certificate_arn", "regional_certificate_arn", "regional_certificate_name",
  ]
  limit "truststore_uri" {
    with_object = true
    value       = mutual_tls_authentication[0].truststore_uri
  }
  limit "truststore_version" {
    with_object = true
    value       = mutual_tls_authentication[0].truststore_version
  }
}

# What passes through an endpoint: a limit, never a grant. Without one everything passes.
rule "aws_vpc_endpoint" {
  identity {
    arn = "arn:${fact.partition}:ec2:${local.place}:vpc-endpoint/${self.id}"
    id  = generated(id)
  }
  limit "policy" {
    with_object = true
    value       = policy
  }
  harmless = [
    "auto_accept", "dns_entry", "dns_options", "ip_address_type", "network_interface_ids", "prefix_list_id", "private_dns_enabled",
    "route_table_ids", "security_group_ids", "state", "subnet_configuration", "subnet_ids",
  ]
}

# It takes the place of the policy that the endpoint has:
# https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
rule "aws_vpc_endpoint_policy" {
  limit "policy" {
    value   = policy
    default = "the policy that the endpoint has"
  }
}

rule "aws_vpc_endpoint_service" {
  identity {
    arn = "arn:${fact.partition}:ec2:${local.place}:vpc-endpoint-service/${self.id}"
    id  = generated(id)
  }
  grant "exclusive" {
    configured = "allowed_principals"
    principals = allowed_principals
    actions    = ["ec2:CreateVpcEndpoint"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:vpc-endpoint-service/${self.id}"]
  }
  limit "acceptance_required" {
    with_object = true
    value       = acceptance_required
    tight       = true
  }
  harmless = [
    "availability_zones", "base_endpoint_dns_names", "gateway_load_balancer_arns", "network_load_balancer_arns", "private_dns_name",
    "private_dns_name_configuration", "state", "supported_ip_address_types", "supported_regions",
  ]
}

rule "aws_vpc_endpoint_service_allowed_principal" {
  grant "additive" {
    principals = [principal_arn]
    actions    = ["ec2:CreateVpcEndpoint"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:vpc-endpoint-service/${vpc_endpoint_service_id}"]
  }
}

rule "aws_api_gateway_domain_name_access_association" {
  grant "additive" {
    principals = ["*"]
    actions    = ["execute-api:Invoke"]
    resources  = [domain_name_arn]
    condition "StringEquals" "aws:SourceVpce" {
      values = [access_association_source]
    }
  }
}

rule "aws_route53_vpc_association_authorization" {
  grant "additive" {
    principals = ["*"]
    actions    = ["route53:AssociateVPCWithHostedZone"]
    resources  = ["arn:${fact.partition}:route53:::hostedzone/${zone_id}"]
    condition "ForAllValues:StringLike" "route53:VPCs" {
      values = ["VPCId=${vpc_id},VPCRegion=*"]
    }
  }
}

rule "aws_network_interface_permission" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${aws_account_id}:root"]
    actions    = [permission == "EIP-ASSOCIATE" ? "ec2:AssociateAddress" : "ec2:AttachNetworkInterface"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:network-interface/${network_interface_id}"]
  }
}

# Who reaches which network through the VPN. The network is written behind the endpoint.
rule "aws_ec2_client_vpn_authorization_rule" {
  grant "additive" {
    principals = [authorize_all_groups ? "*" : "Federated:${access_group_id}"]
    actions    = ["ec2:AuthorizeClientVpnIngress"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:client-vpn-endpoint/${client_vpn_endpoint_id}/${target_network_cidr}"]
  }
}

rule "aws_globalaccelerator_cross_account_attachment" {
  grant "additive" {
    for_each   = principals
    principals = [startswith(each, "arn:") ? each : "arn:${fact.partition}:iam::${each}:root"]
    actions    = ["globalaccelerator:AddEndpoints"]
    resources  = [resource[*].endpoint_id, resource[*].cidr_block]
  }
  harmless = ["last_modified_time", "name"]
}

# A create overwrites what the region has: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
rule "aws_vpc_block_public_access_options" {
  limit "block_bidirectional" {
    value = internet_gateway_block_mode
    tight = "block-bidirectional"
  }
  limit "block_ingress" {
    value   = internet_gateway_block_mode != "off"
    tight   = true
    default = true
  }
}

rule "aws_vpc_block_public_access_exclusion" {
  grant "additive" {
    principals = ["*"]
    actions    = ["ec2:CreateVpcBlockPublicAccessExclusion"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:vpc/${vpc_id}", "arn:${fact.partition}:ec2:${local.place}:subnet/${subnet_id}"]
    condition "StringEquals" "ec2:InternetGatewayExclusionMode" {
      values = [internet_gateway_exclusion_mode]
    }
  }
}

# Blocked by default, but for port 22: https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-block-public-access.html
rule "aws_emr_block_public_access_configuration" {
  locals {
    first    = permitted_public_security_group_rule_range[0]
    is_usual = local.first == null || local.first.min_range == 22 && local.first.max_range == 22
  }
  limit "block_public_security_group_rules" {
    value   = block_public_security_group_rules
    tight   = true
    default = true
  }
  limit "permitted_public_security_group_rule_range" {
    value = permitted_public_security_group_rule_range
  }
  limit "other_ports" {
    value   = permitted_public_security_group_rule_range[1] == null && local.is_usual
    tight   = true
    default = true
  }
}

# Who vouches for those who reach applications without a VPN, and by which rules: Cedar, which no front end reads.
rule "aws_verifiedaccess_trust_provider" {
  locals {
    by_application = native_application_oidc_options[0].issuer
    issuer         = coalesce(oidc_options[0].issuer, local.by_application, user_trust_provider_type, device_trust_provider_type)
  }
  grant "trust" {
    principals = ["Federated:${local.issuer}"]
    actions    = ["verifiedaccess:AllowVerifiedAccess"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:verified-access-trust-provider/*"]
  }
}

rule "aws_verifiedaccess_instance_trust_provider_attachment" {
  grant "trust" {
    principals = ["Federated:${verifiedaccess_trust_provider_id}"]
    actions    = ["verifiedaccess:AllowVerifiedAccess"]
    resources  = ["arn:${fact.partition}:ec2:${local.place}:verified-access-instance/${verifiedaccess_instance_id}"]
  }
}

rule "aws_verifiedaccess_endpoint" "aws_verifiedaccess_group" {
  grant "opaque" {
    when   = policy_document != null
    reason = "its policy is written in Cedar"
  }
}

rule "aws_directory_service_trust" {
  grant "trust" {
    principals = ["Federated:${remote_domain_name}"]
    actions    = ["ds:CreateTrust"]
    resources  = ["arn:${fact.partition}:ds:${local.place}:directory/${directory_id}"]
    condition "StringEquals" "ds:TrustDirection" {
      values = [trust_direction]
    }
  }
  limit "selective_auth" {
    with_object = true
    value       = selective_auth
    tight       = "Enabled"
  }
  harmless = ["conditional_forwarder_ip_addrs", "delete_associated_conditional_forwarder"]
}

rule "aws_directory_service_shared_directory" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${target[0].id}:root"]
    actions    = ["ds:AcceptSharedDirectory"]
    resources  = ["arn:${fact.partition}:ds:${local.place}:directory/${directory_id}"]
  }
}

rule "aws_directory_service_shared_directory_accepter" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${fact.account}:root"]
    actions    = ["ds:AcceptSharedDirectory"]
    resources  = ["arn:${fact.partition}:ds:*:*:directory/${shared_directory_id}"]
  }
}
