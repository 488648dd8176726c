# What AWS calls what guards, and what is reached over the web: secrets, certificates, APIs, distributions, pools of users.
#
# Sources: Service Authorization Reference, "Actions, resources, and condition keys for" the service that each part names,
# resource types. Generated names: hashicorp/aws `create.NewNameGenerator`, a prefix and 26 hexadecimal digits.

# "AWS Secrets Manager": a hyphen and six letters or digits follow the name.

# "AWS Certificate Manager", and of its private authorities.

rule "aws_acmpca_certificate_authority" {
  identity {
    arn = generated(arn, "arn:${fact.partition}:acm-pca:${local.place}:certificate-authority/")
    id  = self.arn
  }
}

# "AWS CloudTrail", "AWS Config", "Amazon GuardDuty", "IAM Access Analyzer", "AWS RAM".

rule "aws_config_config_rule" {
  identity {
    arn     = "arn:${fact.partition}:config:${local.place}:config-rule/${self.rule_id}"
    id      = name
    name    = name
    rule_id = generated(rule_id)
  }
}

rule "aws_accessanalyzer_analyzer" {
  identity {
    arn = "arn:${fact.partition}:access-analyzer:${local.place}:analyzer/${analyzer_name}"
    id  = analyzer_name
  }
}

# "AWS WAF V2". What guards distributions is global, and made in us-east-1.
rule "aws_wafv2_web_acl" {
  identity {
    arn  = "arn:${fact.partition}:wafv2:${local.place}:${scope == "REGIONAL" ? "regional" : "global"}/webacl/${self.name}/${self.id}"
    id   = generated(id)
    name = generated(name, name_prefix)
  }
}

rule "aws_wafv2_ip_set" {
  identity {
    arn  = "arn:${fact.partition}:wafv2:${local.place}:${scope == "REGIONAL" ? "regional" : "global"}/ipset/${self.name}/${self.id}"
    id   = generated(id)
    name = generated(name, name_prefix)
  }
}

rule "aws_wafv2_rule_group" {
  identity {
    arn  = "arn:${fact.partition}:wafv2:${local.place}:${scope == "REGIONAL" ? "regional" : "global"}/rulegroup/${self.name}/${self.id}"
    id   = generated(id)
    name = generated(name, name_prefix)
  }
}

# "AWS Organizations".
rule "aws_organizations_organizational_unit" {
  identity {
    id = generated(id)
  }
}

# "Amazon Cognito Identity", "Amazon Cognito User Pools". The ID of a user pool is its region, `_`, and letters and digits;
# that of an identity pool is its region, `:` and a UUID.

# "Amazon API Gateway Management", "Amazon API Gateway" (its two editions share the management of HTTP APIs).

rule "aws_api_gateway_stage" {
  identity {
    arn           = "arn:${fact.partition}:apigateway:${local.region}::/restapis/${rest_api_id}/stages/${stage_name}"
    execution_arn = "arn:${fact.partition}:execute-api:${local.place}:${rest_api_id}/${stage_name}"
    id            = "ags-${rest_api_id}-${stage_name}"
    invoke_url    = "https://${rest_api_id}.execute-api.${local.region}.${local.dns}/${stage_name}"
    stage_name    = stage_name
  }
}

rule "aws_api_gateway_resource" "aws_api_gateway_deployment" {
  identity {
    id = generated(id)
  }
}

rule "aws_api_gateway_authorizer" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:apigateway:${local.region}::/restapis/${rest_api_id}/authorizers/${self.id}" }
}

rule "aws_api_gateway_usage_plan" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:apigateway:${local.region}::/usageplans/${self.id}" }
}

rule "aws_api_gateway_vpc_link" "aws_apigatewayv2_vpc_link" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:apigateway:${local.region}::/vpclinks/${self.id}" }
}

rule "aws_apigatewayv2_stage" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:apigateway:${local.region}::/apis/${api_id}/stages/${name}" }
}

rule "aws_apigatewayv2_authorizer" "aws_apigatewayv2_integration" {
  identity {
    id = generated(id)
  }
}

# "AWS AppSync".

# "Amazon CloudFront". An origin access identity is a user of an account of its own: CloudFront developer guide, "Use an
# origin access identity (legacy, not recommended)".

rule "aws_cloudfront_origin_access_identity" {
  identity {
    cloudfront_access_identity_path = "origin-access-identity/cloudfront/${self.id}"
    iam_arn                         = "arn:${fact.partition}:iam::cloudfront:user/CloudFront Origin Access Identity ${self.id}"
    id                              = generated(id)
    s3_canonical_user_id            = generated(s3_canonical_user_id)
  }
}

rule "aws_cloudfront_origin_access_control" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:cloudfront::${fact.account}:origin-access-control/${self.id}" }
}

rule "aws_cloudfront_function" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:cloudfront::${fact.account}:function/${name}" }
}

# "AWS Signer", "AWS Budget Service", "AWS IoT".
rule "aws_signer_signing_profile" {
  templates = ["known_by_generated_name"]
  locals { arn = "arn:${fact.partition}:signer:${local.place}:/signing-profiles/${self.name}" }
}

rule "aws_budgets_budget" {
  identity {
    arn  = "arn:${fact.partition}:budgets::${fact.account}:budget/${self.name}"
    name = generated(name, name_prefix)
  }
}

# "Amazon Managed Grafana", "Amazon Verified Permissions", "Amazon Bedrock".

rule "aws_verifiedpermissions_policy_store" {
  identity {
    arn             = "arn:${fact.partition}:verifiedpermissions::${fact.account}:policy-store/${self.policy_store_id}"
    id              = self.policy_store_id
    policy_store_id = generated(policy_store_id)
  }
}

rule "aws_bedrock_guardrail" {
  identity {
    guardrail_arn = "arn:${fact.partition}:bedrock:${local.place}:guardrail/${self.guardrail_id}"
    guardrail_id  = generated(guardrail_id)
  }
}

rule "aws_bedrockagent_agent" {
  identity {
    agent_arn = "arn:${fact.partition}:bedrock:${local.place}:agent/${self.agent_id}"
    agent_id  = generated(agent_id)
    id        = self.agent_id
  }
}

rule "aws_bedrockagent_knowledge_base" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:bedrock:${local.place}:knowledge-base/${self.id}" }
}
