# What AWS calls what runs, builds and delivers: functions, containers, jobs, pipelines.
#
# Sources: Service Authorization Reference, "Actions, resources, and condition keys for" the service that each part names,
# resource types. Generated names: hashicorp/aws `create.NewNameGenerator`, a prefix and 26 hexadecimal digits.

# "AWS Lambda". A function is named by its name or by its ARN; a version is a number.
rule "aws_lambda_alias" {
  locals {
    function = startswith(function_name, "arn:") ? function_name : "arn:${fact.partition}:lambda:${local.place}:function:${function_name}"
    arn      = "${local.function}:${name}"
  }
  identity {
    arn        = local.arn
    id         = local.arn
    invoke_arn = "arn:${fact.partition}:apigateway:${local.region}:lambda:path/2015-03-31/functions/${local.arn}/invocations"
    name       = name
  }
}

rule "aws_lambda_layer_version" {
  locals { layer = "arn:${fact.partition}:lambda:${local.place}:layer:${layer_name}" }
  identity {
    arn       = "${local.layer}:${self.version}"
    id        = "${local.layer}:${self.version}"
    layer_arn = local.layer
    version   = generated(version)
  }
}

rule "aws_lambda_event_source_mapping" {
  identity {
    arn  = "arn:${fact.partition}:lambda:${local.place}:event-source-mapping:${self.uuid}"
    id   = self.uuid
    uuid = generated(uuid)
  }
}

# "AWS Step Functions".
rule "aws_sfn_activity" {
  identity {
    id   = "arn:${fact.partition}:states:${local.place}:activity:${name}"
    name = name
  }
}

# "Amazon Elastic Container Service". A service is named with its cluster, which is known by name or by ARN.
rule "aws_ecs_service" {
  locals {
    cluster = cluster == null ? "default" : startswith(cluster, "arn:") ? last(split("/", cluster)) : cluster
  }
  identity {
    id   = "arn:${fact.partition}:ecs:${local.place}:service/${local.cluster}/${name}"
    name = name
  }
}

rule "aws_ecs_task_definition" {
  locals { family = "arn:${fact.partition}:ecs:${local.place}:task-definition/${family}" }
  identity {
    arn                  = "${local.family}:${self.revision}"
    arn_without_revision = local.family
    family               = family
    id                   = family
    revision             = generated(revision)
  }
}

rule "aws_ecs_capacity_provider" {
  templates = ["known_by_arn"]
  locals { arn = "arn:${fact.partition}:ecs:${local.place}:capacity-provider/${name}" }
}

# "Amazon Elastic Kubernetes Service": a UUID comes last.
rule "aws_eks_node_group" {
  identity {
    arn             = generated(arn, "arn:${fact.partition}:eks:${local.place}:nodegroup/${cluster_name}/${self.node_group_name}/")
    id              = "${cluster_name}:${self.node_group_name}"
    node_group_name = generated(node_group_name, node_group_name_prefix)
  }
}

rule "aws_eks_fargate_profile" {
  identity {
    arn                  = generated(arn, "arn:${fact.partition}:eks:${local.place}:fargateprofile/${cluster_name}/${fargate_profile_name}/")
    fargate_profile_name = fargate_profile_name
    id                   = "${cluster_name}:${fargate_profile_name}"
  }
}

rule "aws_eks_addon" {
  identity {
    addon_name = addon_name
    arn        = generated(arn, "arn:${fact.partition}:eks:${local.place}:addon/${cluster_name}/${addon_name}/")
    id         = "${cluster_name}:${addon_name}"
  }
}

# "Amazon Elastic Container Registry Public".

# "AWS App Runner".
rule "aws_apprunner_service" {
  identity {
    arn          = "arn:${fact.partition}:apprunner:${local.place}:service/${service_name}/${self.service_id}"
    id           = self.arn
    service_id   = generated(service_id)
    service_name = service_name
  }
}

# "AWS Batch". The revision of a definition is a number.
rule "aws_batch_compute_environment" {
  identity {
    arn                      = "arn:${fact.partition}:batch:${local.place}:compute-environment/${self.compute_environment_name}"
    compute_environment_name = generated(compute_environment_name, compute_environment_name_prefix)
    id                       = self.compute_environment_name
  }
}

rule "aws_batch_job_queue" {
  templates = ["known_by_arn"]
  locals { arn = "arn:${fact.partition}:batch:${local.place}:job-queue/${name}" }
}

rule "aws_batch_scheduling_policy" {
  templates = ["known_by_arn"]
  locals { arn = "arn:${fact.partition}:batch:${local.place}:scheduling-policy/${name}" }
}

# "AWS CodeBuild", "AWS CodeDeploy", "AWS CodeArtifact".
rule "aws_codebuild_report_group" {
  templates = ["known_by_arn"]
  locals { arn = "arn:${fact.partition}:codebuild:${local.place}:report-group/${name}" }
}

rule "aws_codedeploy_app" {
  identity {
    application_id = generated(application_id)
    arn            = "arn:${fact.partition}:codedeploy:${local.place}:application:${name}"
    id             = "${self.application_id}:${name}"
    name           = name
  }
}

rule "aws_codedeploy_deployment_group" {
  identity {
    arn                 = "arn:${fact.partition}:codedeploy:${local.place}:deploymentgroup:${app_name}/${deployment_group_name}"
    deployment_group_id = generated(deployment_group_id)
    id                  = self.deployment_group_id
  }
}

rule "aws_codedeploy_deployment_config" {
  identity {
    arn = "arn:${fact.partition}:codedeploy:${local.place}:deploymentconfig:${deployment_config_name}"
    id  = deployment_config_name
  }
}

rule "aws_codeartifact_repository" {
  identity {
    arn = "arn:${fact.partition}:codeartifact:${local.place}:repository/${domain}/${repository}"
    id  = self.arn
  }
}

# "AWS CloudFormation": a UUID comes last.
rule "aws_cloudformation_stack" {
  identity {
    id   = generated(id, "arn:${fact.partition}:cloudformation:${local.place}:stack/${name}/")
    name = name
  }
}

rule "aws_cloudformation_stack_set" {
  identity {
    arn  = generated(arn, "arn:${fact.partition}:cloudformation:${local.place}:stackset/${name}:")
    id   = name
    name = name
  }
}

# "AWS Elastic Beanstalk".
rule "aws_elastic_beanstalk_application" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:elasticbeanstalk:${local.place}:application/${name}" }
}

# "AWS Amplify", "AWS AppConfig", "Amazon CloudWatch Synthetics", "AWS Transfer Family", "AWS DataSync".

rule "aws_appconfig_application" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:appconfig:${local.place}:application/${self.id}" }
}

rule "aws_synthetics_canary" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:synthetics:${local.place}:canary:${name}" }
}

rule "aws_datasync_task" {
  identity {
    arn = generated(arn, "arn:${fact.partition}:datasync:${local.place}:task/")
    id  = self.arn
  }
}

# "AWS Database Migration Service".
rule "aws_dms_replication_instance" {
  identity {
    id                       = replication_instance_id
    replication_instance_arn = generated(replication_instance_arn, "arn:${fact.partition}:dms:${local.place}:rep:")
  }
}

rule "aws_dms_replication_task" {
  identity {
    id                   = replication_task_id
    replication_task_arn = generated(replication_task_arn, "arn:${fact.partition}:dms:${local.place}:task:")
  }
}

# "AWS Service Catalog", "AWS Systems Manager".
rule "aws_servicecatalog_portfolio" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:catalog:${local.place}:portfolio/${self.id}" }
}

rule "aws_servicecatalog_product" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:catalog:${local.place}:product/${self.id}" }
}

rule "aws_ssm_maintenance_window" {
  identity {
    id = generated(id)
  }
}
