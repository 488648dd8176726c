# OpenSearch, Elasticsearch, CloudSearch.

rule "aws_opensearch_domain" "aws_elasticsearch_domain" {
  identity {
    arn         = "arn:${fact.partition}:es:${local.place}:domain/${domain_name}"
    id          = "arn:${fact.partition}:es:${local.place}:domain/${domain_name}"
    domain_name = domain_name
  }
  grant "exclusive" {
    configured = "access_policies"
    document   = access_policies
    resources  = [self.arn, "${self.arn}/*"]
  }
  grant "additive" {
    when       = advanced_security_options[0].master_user_options[0].master_user_arn != null
    principals = [advanced_security_options[0].master_user_options[0].master_user_arn]
    actions    = ["es:ESHttp*"]
    resources  = ["${self.arn}/*"]
  }
  grant "credential" {
    when       = advanced_security_options[0].master_user_options[0].master_user_password != null
    principals = ["${self.arn}/${advanced_security_options[0].master_user_options[0].master_user_name}"]
  }
  harmless = [
    "auto_tune_options", "cluster_config", "ebs_options", "elasticsearch_version", "engine_version", "ip_address_type",
    "log_publishing_options", "off_peak_window_options", "snapshot_options", "software_update_options",
  ]
  grant "additive" {
    when       = known_or(advanced_security_options[0].anonymous_auth_enabled, false)
    principals = ["*"]
    actions    = ["es:ESHttp*"]
    resources  = ["${self.arn}/*"]
  }
  grant "trust" {
    when       = identity_center_options[0].enabled_api_access
    principals = ["Federated:${identity_center_options[0].identity_center_instance_arn}"]
    actions    = ["es:ESHttp*"]
    resources  = ["${self.arn}/*"]
  }
  grant "trust" {
    when       = cognito_options[0].enabled
    principals = ["Federated:${cognito_options[0].identity_pool_id}"]
    actions    = ["es:ESHttp*"]
    resources  = ["${self.arn}/*"]
  }
  limit "fine_grained_access" {
    with_object = true
    value       = advanced_security_options[0].enabled
    tight       = true
  }
}

rule "aws_opensearch_domain_policy" "aws_elasticsearch_domain_policy" {
  grant "exclusive" {
    document  = access_policies
    resources = [
      "arn:${fact.partition}:es:${local.place}:domain/${domain_name}",
      "arn:${fact.partition}:es:${local.place}:domain/${domain_name}/*",
    ]
  }
}

rule "aws_cloudsearch_domain_service_access_policy" {
  grant "exclusive" {
    document  = access_policy
    resources = ["arn:${fact.partition}:cloudsearch:${local.place}:domain/${domain_name}"]
  }
}

# Who is the master user by what the identity provider says.
rule "aws_opensearch_domain_saml_options" "aws_elasticsearch_domain_saml_options" {
  grant "trust" {
    when       = saml_options[0].enabled != false
    principals = ["Federated:${saml_options[0].idp[0].entity_id}"]
    actions    = ["es:ESHttp*"]
    resources  = ["arn:${fact.partition}:es:${local.place}:domain/${domain_name}/*"]
  }
  limit "master_backend_role" {
    with_object = true
    value       = saml_options[0].master_backend_role
  }
  limit "master_user_name" {
    with_object = true
    value       = saml_options[0].master_user_name
  }
  limit "metadata_content" {
    with_object = true
    value       = saml_options[0].idp[0].metadata_content
  }
}

rule "aws_opensearch_authorize_vpc_endpoint_access" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iam::${account}:root"]
    actions    = ["es:CreateVpcEndpoint"]
    resources  = ["arn:${fact.partition}:es:${local.place}:domain/${domain_name}"]
  }
}

# The policy is a list of `{Rules, Principal}` in the service's own shape. Principals, permissions and resources of one
# entry are crossed, which is wider than its rules one by one. A resource is `collection/NAME` or `index/NAME/INDEX`.
rule "aws_opensearchserverless_access_policy" {
  grant "additive" {
    for_each   = json(policy)
    principals = [each.Principal]
    actions    = [each.Rules[*].Permission]
    resources  = ["arn:${fact.partition}:aoss:${local.place}:${each.Rules[*].Resource[*]}"]
  }
}

rule "aws_opensearchserverless_security_config" {
  grant "trust" {
    principals = ["Federated:saml/${fact.account}/${name}"]
    actions    = ["aoss:APIAccessAll", "aoss:DashboardsAccessAll"]
    resources  = ["arn:${fact.partition}:aoss:${local.place}:*"]
  }
  limit "metadata" {
    with_object = true
    value       = saml_options.metadata
  }
  limit "group_attribute" {
    with_object = true
    value       = saml_options.group_attribute
  }
  limit "user_attribute" {
    with_object = true
    value       = saml_options.user_attribute
  }
}

# A domain that is let in searches this one.
rule "aws_opensearch_inbound_connection_accepter" {
  grant "additive" {
    principals = ["es:connection/${connection_id}"]
    actions    = ["es:ESCrossClusterGet"]
    resources  = ["arn:${fact.partition}:es:${local.place}:domain/*"]
  }
  harmless = ["connection_status"]
}

rule "aws_opensearch_outbound_connection" {
  locals {
    mine  = local_domain_info[0]
    other = remote_domain_info[0]
  }
  grant "additive" {
    principals = ["arn:${fact.partition}:es:${local.mine.region}:${local.mine.owner_id}:domain/${local.mine.domain_name}"]
    actions    = ["es:ESCrossClusterGet"]
    resources  = ["arn:${fact.partition}:es:${local.other.region}:${local.other.owner_id}:domain/${local.other.domain_name}"]
  }
  harmless = ["connection_alias", "connection_status"]
}
