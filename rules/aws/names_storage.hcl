# What AWS calls what keeps data: files, databases, caches, warehouses, backups.
#
# Sources: Service Authorization Reference, "Actions, resources, and condition keys for" the service that each part names,
# resource types. Generated names: hashicorp/aws `create.NewNameGenerator`, a prefix and 26 hexadecimal digits.

# "Amazon S3", and "Amazon S3 Express".

rule "aws_s3_directory_bucket" {
  identity {
    arn = "arn:${fact.partition}:s3express:${local.place}:bucket/${bucket}"
    id  = bucket
  }
}

# "Amazon Elastic File System".
rule "aws_efs_file_system" {
  identity {
    arn      = "arn:${fact.partition}:elasticfilesystem:${local.place}:file-system/${self.id}"
    dns_name = "${self.id}.efs.${local.region}.${local.dns}"
    id       = generated(id)
  }
}

rule "aws_efs_mount_target" {
  identity {
    file_system_arn = "arn:${fact.partition}:elasticfilesystem:${local.place}:file-system/${file_system_id}"
    id              = generated(id)
  }
}

# "Amazon FSx".
rule "aws_fsx_openzfs_file_system" "aws_fsx_windows_file_system" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:fsx:${local.place}:file-system/${self.id}" }
}

# "AWS Backup".
rule "aws_backup_plan" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:backup:${local.place}:backup-plan:${self.id}" }
}

# "Amazon RDS". The first name of a cluster's member, as of an instance, is its identifier. Neptune and DocumentDB share the
# namespace.
rule "aws_rds_cluster_instance" "aws_docdb_cluster_instance" "aws_neptune_cluster_instance" {
  identity {
    arn             = "arn:${fact.partition}:rds:${local.place}:db:${self.identifier}"
    dbi_resource_id = generated(dbi_resource_id)
    id              = self.identifier
    identifier      = generated(identifier, identifier_prefix)
  }
}

rule "aws_db_subnet_group" "aws_docdb_subnet_group" "aws_neptune_subnet_group" {
  templates = ["known_by_generated_name"]
  locals { arn = "arn:${fact.partition}:rds:${local.place}:subgrp:${self.name}" }
}

rule "aws_db_parameter_group" "aws_neptune_parameter_group" {
  templates = ["known_by_generated_name"]
  locals { arn = "arn:${fact.partition}:rds:${local.place}:pg:${self.name}" }
}

rule "aws_rds_cluster_parameter_group" "aws_docdb_cluster_parameter_group" "aws_neptune_cluster_parameter_group" {
  templates = ["known_by_generated_name"]
  locals { arn = "arn:${fact.partition}:rds:${local.place}:cluster-pg:${self.name}" }
}

rule "aws_db_event_subscription" {
  templates = ["known_by_generated_name"]
  locals { arn = "arn:${fact.partition}:rds:${local.place}:es:${self.name}" }
}

rule "aws_rds_global_cluster" {
  identity {
    arn = "arn:${fact.partition}:rds::${fact.account}:global-cluster:${global_cluster_identifier}"
    id  = global_cluster_identifier
  }
}

# "Amazon ElastiCache".
rule "aws_elasticache_cluster" {
  identity {
    arn        = "arn:${fact.partition}:elasticache:${local.place}:cluster:${cluster_id}"
    cluster_id = cluster_id
    id         = cluster_id
  }
}

rule "aws_elasticache_subnet_group" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:elasticache:${local.place}:subnetgroup:${name}" }
}

rule "aws_elasticache_parameter_group" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:elasticache:${local.place}:parametergroup:${name}" }
}

# "Amazon MemoryDB".

# "Amazon DynamoDB Accelerator (DAX)".
rule "aws_dax_cluster" {
  identity {
    arn = "arn:${fact.partition}:dax:${local.place}:cache/${cluster_name}"
    id  = cluster_name
  }
}

# "Amazon Redshift", and "Amazon Redshift Serverless".
rule "aws_redshift_subnet_group" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:redshift:${local.place}:subnetgroup:${name}" }
}

rule "aws_redshiftserverless_workgroup" {
  identity {
    arn            = "arn:${fact.partition}:redshift-serverless:${local.place}:workgroup/${self.workgroup_id}"
    id             = workgroup_name
    workgroup_id   = generated(workgroup_id)
    workgroup_name = workgroup_name
  }
}

# "AWS Glue".
rule "aws_glue_catalog_table" {
  identity {
    arn  = "arn:${fact.partition}:glue:${local.region}:${known_or(catalog_id, fact.account)}:table/${database_name}/${name}"
    name = name
  }
}

rule "aws_glue_crawler" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:glue:${local.place}:crawler/${name}" }
}

rule "aws_glue_job" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:glue:${local.place}:job/${name}" }
}

rule "aws_glue_trigger" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:glue:${local.place}:trigger/${name}" }
}

rule "aws_glue_workflow" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:glue:${local.place}:workflow/${name}" }
}

rule "aws_glue_connection" {
  identity {
    arn  = "arn:${fact.partition}:glue:${local.place}:connection/${name}"
    name = name
  }
}

# "Amazon Athena".
rule "aws_athena_data_catalog" {
  templates = ["known_by_name"]
  locals { arn = "arn:${fact.partition}:athena:${local.place}:datacatalog/${name}" }
}

rule "aws_athena_named_query" {
  identity {
    id = generated(id)
  }
}

# "Amazon EMR", and "Amazon EMR Serverless".

rule "aws_emrserverless_application" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:emr-serverless:${local.place}:/applications/${self.id}" }
}

# "Amazon OpenSearch Serverless".
rule "aws_opensearchserverless_collection" {
  templates = ["known_by_id"]
  locals { arn = "arn:${fact.partition}:aoss:${local.place}:collection/${self.id}" }
}

# "Amazon Timestream", and "Amazon Keyspaces (for Apache Cassandra)".
rule "aws_timestreamwrite_database" {
  identity {
    arn = "arn:${fact.partition}:timestream:${local.place}:database/${database_name}"
    id  = database_name
  }
}

rule "aws_timestreamwrite_table" {
  identity {
    arn = "arn:${fact.partition}:timestream:${local.place}:database/${database_name}/table/${table_name}"
    id  = "${table_name}:${database_name}"
  }
}

