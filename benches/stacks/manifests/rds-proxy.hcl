# A database behind a proxy that signs in with a secret of its own.
fact "aws.account" { # this plan reads nothing that tells its account
  value = "123456789012"
}

process_owner = "security"

system "orders" {
  owner = "team-orders"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["orders"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "orders"
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

approval "ORD-31" {
  justification = "The proxy signs in to the orders database with the secret of its first user"
  system        = "orders"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # the module restricts keys by the service that uses them
    principals = ["arn:aws:iam::${account}:role/ex-postgresql-iam-instance"]
    actions    = ["kms:Decrypt"]
    resources  = ["arn:aws:kms:*:*:key/*"]
    condition "StringEquals" "kms:ViaService" { values = ["secretsmanager.eu-west-1.amazonaws.com"] }
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-postgresql-iam-instance"]
    actions    = ["secretsmanager:GetRandomPassword", "secretsmanager:ListSecrets"]
    resources  = ["*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/ex-postgresql-iam-instance"]
    actions = [
      "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "secretsmanager:GetSecretValue",
      "secretsmanager:ListSecretVersionIds",
    ]
    resources = [aws_secretsmanager_secret.superuser.arn]
  }

  grant "aws" {
    principals  = [aws_secretsmanager_secret.superuser.arn]
    credentials = ["aws_secretsmanager_secret_version"]
  }

  grant "aws" { # its first user has a random name
    principals  = ["arn:aws:rds:eu-west-1:${account}:db:ex-postgresql-iam-instance/*"]
    credentials = ["aws_db_instance"]
  }
}
