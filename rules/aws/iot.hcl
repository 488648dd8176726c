# IoT: policies of devices, what holds them, and what makes devices.

rule "aws_iot_policy" {
  identity {
    arn  = "arn:${fact.partition}:iot:${local.place}:policy/${name}"
    id   = name
    name = name
  }
  grant "definition" {
    defines = "aws_iot_policy"
    names    = [name]
    document = policy
  }
}

# `policy` is a name, `target` a certificate, a group of things or an identity of Cognito.
rule "aws_iot_policy_attachment" {
  grant "additive" {
    role_kind = "aws_iot_policy"
    principals = [target]
    roles      = [policy]
  }
}

# Policies may speak of the thing that a certificate belongs to.
rule "aws_iot_thing_principal_attachment" {
  grant "additive" {
    principals = [principal]
    actions    = ["iot:AttachThingPrincipal"]
    resources  = ["arn:${fact.partition}:iot:${local.place}:thing/${thing}"]
  }
}

# A thing holds what the group's policies allow.
rule "aws_iot_thing_group_membership" {
  grant "additive" {
    principals = ["arn:${fact.partition}:iot:${local.place}:thing/${thing_name}"]
    actions    = ["iot:AddThingToThingGroup"]
    resources  = ["arn:${fact.partition}:iot:${local.place}:thinggroup/${thing_group_name}"]
  }
}

rule "aws_iot_thing" {
  identity {
    arn  = "arn:${fact.partition}:iot:${local.place}:thing/${name}"
    id   = name
    name = name
  }
}

# A device whose policy lets it use the alias acts as the role.
rule "aws_iot_role_alias" {
  identity {
    arn   = "arn:${fact.partition}:iot:${local.place}:rolealias/${alias}"
    id    = alias
    alias = alias
  }
  grant "additive" {
    principals = ["Service:credentials.iot.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = [role_arn]
  }
}

# The function decides who connects, and with which policy.
rule "aws_iot_authorizer" {
  grant "trust" {
    when       = status != "INACTIVE"
    principals = [authorizer_function_arn]
    actions    = ["iot:Connect", "iot:Publish", "iot:Receive", "iot:Subscribe"]
    resources  = ["arn:${fact.partition}:iot:${local.place}:*"]
  }
  limit "token_signing_public_keys" {
    with_object = true
    value       = token_signing_public_keys
  }
  limit "signing" {
    with_object = true
    value       = signing_disabled != true
    tight       = true
  }
  harmless = ["enable_caching_for_http"]
}

# Devices with a certificate of this authority are let in; with automatic registration, unseen.
rule "aws_iot_ca_certificate" {
  grant "trust" {
    when       = active
    principals = ["Federated:iot/${fact.account}"]
    actions    = [allow_auto_registration ? "iot:RegisterThing" : "iot:RegisterCertificate"]
    resources  = ["arn:${fact.partition}:iot:${local.place}:cacert/*"]
  }
  grant "opaque" {
    when   = registration_config[0].template_body != null || registration_config[0].template_name != null
    reason = "makes things and attaches policies whenever a device comes, as its template says"
  }
}

rule "aws_iot_provisioning_template" {
  grant "opaque" {
    when   = enabled != false
    reason = "makes certificates and attaches policies whenever a device asks, as its template says"
  }
}

# A group holds what its parent's policies allow.
rule "aws_iot_thing_group" {
  grant "additive" {
    when       = parent_group_name != null
    principals = ["arn:${fact.partition}:iot:${local.place}:thinggroup/${name}"]
    actions    = ["iot:CreateThingGroup"]
    resources  = ["arn:${fact.partition}:iot:${local.place}:thinggroup/${parent_group_name}"]
  }
  harmless = ["metadata", "properties", "version"]
}
