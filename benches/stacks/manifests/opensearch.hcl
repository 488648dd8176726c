# A search domain that the office reaches.
process_owner = "security"

system "search" {
  owner = "team-search"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["search"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "search"
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

approval "SEA-6" {
  justification = "The domain answers the office, writes its log, and has a first user"
  system        = "search"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # who signs in is decided by the domain's own users
    principals = ["*"]
    actions    = ["es:ESHttp*"]
    resources  = ["arn:aws:es:eu-west-1:${account}:domain/ex-complete/*"]
  }

  grant "aws" {
    principals = ["*"]
    actions    = ["es:*"]
    resources  = ["arn:aws:es:eu-west-1:${account}:domain/ex-complete/*"]
    condition "IpAddress" "aws:SourceIp" { values = ["127.0.0.1/32"] }
  }

  grant "aws" { # the module names no group, so the domain is named instead
    principals = ["Service:es.amazonaws.com"]
    actions    = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"]
    resources  = ["arn:aws:logs:*"]
    condition "ArnLike" "aws:SourceArn" { values = ["arn:aws:es:eu-west-1:${account}:domain/ex-complete"] }
    condition "StringEquals" "aws:SourceAccount" { values = ["${account}"] }
  }

  grant "aws" {
    principals  = ["arn:aws:es:eu-west-1:${account}:domain/ex-complete/*"]
    credentials = ["aws_opensearch_domain"]
  }
}
