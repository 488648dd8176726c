# What AWS calls the parts of a network and the machines in it: their ARNs and IDs, for policies that name them.
#
# Sources: Service Authorization Reference, "Actions, resources, and condition keys for Amazon EC2" (and the services named
# below), resource types. IDs: EC2 user guide, "Identify your Amazon EC2 resources with IDs": a word, a hyphen and 8 or 17
# hexadecimal digits. Generated names: hashicorp/aws `create.NewNameGenerator`, a prefix and 26 hexadecimal digits.

rule "aws_vpc" "aws_default_vpc" {
  takes_over = startswith(type, "aws_default_")
  identity {
    arn                       = "arn:${fact.partition}:ec2:${local.place}:vpc/${self.id}"
    id                        = generated(id)
    default_network_acl_id    = generated(default_network_acl_id)
    default_route_table_id    = generated(default_route_table_id)
    default_security_group_id = generated(default_security_group_id)
    main_route_table_id       = generated(main_route_table_id)
    owner_id                  = fact.account
  }
}

rule "aws_subnet" "aws_default_subnet" {
  takes_over = startswith(type, "aws_default_")
  identity {
    arn      = "arn:${fact.partition}:ec2:${local.place}:subnet/${self.id}"
    id       = generated(id)
    owner_id = fact.account
  }
}

rule "aws_security_group" {
  identity {
    arn      = "arn:${fact.partition}:ec2:${local.place}:security-group/${self.id}"
    id       = generated(id)
    name     = generated(name, name_prefix)
    owner_id = fact.account
  }
}

rule "aws_default_security_group" {
  takes_over = startswith(type, "aws_default_")
  identity {
    arn = "arn:${fact.partition}:ec2:${local.place}:security-group/${self.id}"
    id  = generated(id)
  }
}

rule "aws_vpc_security_group_egress_rule" "aws_vpc_security_group_ingress_rule" {
  identity {
    arn                    = "arn:${fact.partition}:ec2:${local.place}:security-group-rule/${self.security_group_rule_id}"
    id                     = self.security_group_rule_id
    security_group_rule_id = generated(security_group_rule_id)
  }
}

rule "aws_route_table" "aws_default_route_table" {
  takes_over = startswith(type, "aws_default_")
  identity {
    arn = "arn:${fact.partition}:ec2:${local.place}:route-table/${self.id}"
    id  = generated(id)
  }
}

rule "aws_network_acl" "aws_default_network_acl" {
  takes_over = startswith(type, "aws_default_")
  identity {
    arn = "arn:${fact.partition}:ec2:${local.place}:network-acl/${self.id}"
    id  = generated(id)
  }
}

rule "aws_internet_gateway" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:internet-gateway/${self.id}" }
}

rule "aws_nat_gateway" "aws_egress_only_internet_gateway" "aws_vpc_peering_connection" {
  identity {
    id = generated(id)
  }
}

rule "aws_vpn_gateway" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:vpn-gateway/${self.id}" }
}

rule "aws_customer_gateway" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:customer-gateway/${self.id}" }
}

rule "aws_vpc_dhcp_options" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:dhcp-options/${self.id}" }
}

rule "aws_flow_log" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:vpc-flow-log/${self.id}" }
}

rule "aws_ec2_managed_prefix_list" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:prefix-list/${self.id}" }
}

rule "aws_network_interface" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:network-interface/${self.id}" }
}

rule "aws_eip" {
  identity {
    allocation_id = generated(allocation_id)
    arn           = "arn:${fact.partition}:ec2:${local.place}:elastic-ip/${self.allocation_id}"
    id            = self.allocation_id
  }
}

rule "aws_ec2_transit_gateway" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:transit-gateway/${self.id}" }
}

rule "aws_ec2_transit_gateway_route_table" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:transit-gateway-route-table/${self.id}" }
}

rule "aws_ec2_transit_gateway_vpc_attachment" "aws_ec2_transit_gateway_peering_attachment" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:transit-gateway-attachment/${self.id}" }
}

# Machines, and what they are made of.

rule "aws_instance" "aws_spot_instance_request" {
  identity {
    id = generated(id)
  }
}

rule "aws_ebs_volume" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.place}:volume/${self.id}" }
}

# These have no account in their ARNs.
rule "aws_ebs_snapshot" "aws_ebs_snapshot_copy" "aws_ebs_snapshot_import" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.region}::snapshot/${self.id}" }
}

rule "aws_ami" "aws_ami_copy" "aws_ami_from_instance" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:ec2:${local.region}::image/${self.id}" }
}

rule "aws_placement_group" {
  identity {
    arn                = "arn:${fact.partition}:ec2:${local.place}:placement-group/${name}"
    id                 = name
    placement_group_id = generated(placement_group_id)
  }
}

# "Actions, resources, and condition keys for Amazon EC2 Auto Scaling".
rule "aws_autoscaling_group" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:autoscaling:${local.place}:autoScalingGroup:", ":autoScalingGroupName/${self.name}")
    id   = self.name
    name = generated(name, name_prefix)
  }
}

# "Actions, resources, and condition keys for AWS Elastic Load Balancing V2", and of the first edition.
rule "aws_lb" "aws_alb" {
  locals {
    kind = known_or(load_balancer_type, "application")
    path = local.kind == "application" ? "app" : local.kind == "network" ? "net" : local.kind == "gateway" ? "gwy" : null
  }
  identity {
    arn  = generated(arn, "arn:${fact.partition}:elasticloadbalancing:${local.place}:loadbalancer/${local.path}/${self.name}/")
    id   = self.arn
    name = generated(name, name_prefix)
  }
}

rule "aws_lb_target_group" "aws_alb_target_group" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:elasticloadbalancing:${local.place}:targetgroup/${self.name}/")
    id   = self.arn
    name = generated(name, name_prefix)
  }
}

rule "aws_elb" {
  templates = ["known_by_generated_name"]
  locals { arn = "arn:${fact.partition}:elasticloadbalancing:${local.place}:loadbalancer/${self.name}" }
}

# "Actions, resources, and condition keys for Amazon Route 53", and of its resolver. Zones belong to no account.
rule "aws_route53_zone" {
  identity {
    arn     = "arn:${fact.partition}:route53:::hostedzone/${self.zone_id}"
    id      = self.zone_id
    zone_id = generated(zone_id)
  }
}

rule "aws_route53_health_check" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:route53:::healthcheck/${self.id}" }
}

rule "aws_route53_resolver_endpoint" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:route53resolver:${local.place}:resolver-endpoint/${self.id}" }
}

rule "aws_route53_resolver_rule" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:route53resolver:${local.place}:resolver-rule/${self.id}" }
}

# "Actions, resources, and condition keys for AWS Cloud Map".
rule "aws_service_discovery_http_namespace" "aws_service_discovery_private_dns_namespace" "aws_service_discovery_public_dns_namespace" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:servicediscovery:${local.place}:namespace/${self.id}" }
}

rule "aws_service_discovery_service" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:servicediscovery:${local.place}:service/${self.id}" }
}

# "Actions, resources, and condition keys for AWS Network Firewall".
rule "aws_networkfirewall_firewall" {
  identity {
    arn = "arn:${fact.partition}:network-firewall:${local.place}:firewall/${name}"
    id  = self.arn
  }
}

# "Actions, resources, and condition keys for Amazon VPC Lattice".
rule "aws_vpclattice_target_group" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:vpc-lattice:${local.place}:targetgroup/${self.id}" }
}

# "Actions, resources, and condition keys for AWS Global Accelerator".
rule "aws_globalaccelerator_accelerator" {
  identity {
    arn = generated(arn, "arn:${fact.partition}:globalaccelerator::${fact.account}:accelerator/")
    id  = self.arn
  }
}
