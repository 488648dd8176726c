# A GraphQL interface whose data sources have a role each.
process_owner = "security"

system "graph" {
  owner = "team-graph"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["graph"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "graph"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["Service:*.amazonaws.com", "Service:aws_*"]
    actions    = ["sts:AssumeRole", "sts:TagSession", "iam:PassRole"]
    resources  = ["arn:aws:iam::${account}:role/*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/*"]
    roles      = ["arn:aws:iam::aws:policy/service-role/*"]
  }
}

approval "GRA-3" {
  justification = "Each data source of the interface reaches its own store"
  system        = "graph"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/dynamodb1-role"]
    actions = [
      "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem",
      "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem",
    ]
    resources = ["arn:aws:dynamodb:eu-west-1:${account}:table/my-table", "arn:aws:dynamodb:eu-west-1:${account}:table/my-table/*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/elasticsearch1-role"]
    actions    = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"]
    resources  = ["arn:aws:es:eu-west-1::domain/https://search-my-domain.eu-west-1.es.amazonaws.com/*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/opensearchservice1-role"]
    actions    = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"]
    resources  = ["arn:aws:es:eu-west-1::domain/https://search-my-domain-2.eu-west-1.es.amazonaws.com/*"]
  }

  grant "aws" { # of another account
    principals = ["arn:aws:iam::${account}:role/eventbridge1-role"]
    actions    = ["events:PutEvents"]
    resources  = ["arn:aws:events:us-west-1:135367859850:event-bus/eventbridge1"]
  }

  grant "aws" { # of another account
    principals = ["arn:aws:iam::${account}:role/lambda1-role"]
    actions    = ["lambda:InvokeFunction"]
    resources  = ["arn:aws:lambda:eu-west-1:835367859851:function:index_1", "arn:aws:lambda:eu-west-1:835367859851:function:index_1:*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/lambda2-role"]
    actions    = ["lambda:InvokeFunction"]
    resources  = ["arn:aws:lambda:eu-west-1:835367859851:function:index_2", "arn:aws:lambda:eu-west-1:835367859851:function:index_2:*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/rds1-role"]
    actions = [
      "rds-data:BatchExecuteStatement", "rds-data:BeginTransaction", "rds-data:CommitTransaction", "rds-data:ExecuteStatement",
      "rds-data:RollbackTransaction",
    ]
    resources = ["arn:aws:rds:us-west-1:135367859850:cluster:rds1"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/rds1-role"]
    actions    = ["secretsmanager:GetSecretValue"]
    resources  = ["arn:aws:secretsmanager:us-west-1:135367859850:secret:rds-secret1"]
  }
}
