# Registries of images: one for the account, one for everybody.
process_owner = "security"

system "images" {
  owner = "team-images"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["images"]
  max_duration = "180d"
}


approval "IMG-2" {
  justification = "Who deploys pushes images; everybody pulls the public ones"
  system        = "images"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:sts::${account}:user/moto"]
    actions = [
      "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:Describe*", "ecr:Get*",
      "ecr:InitiateLayerUpload", "ecr:List*", "ecr:PutImage", "ecr:UploadLayerPart", "ecr-public:BatchCheckLayerAvailability",
      "ecr-public:CompleteLayerUpload", "ecr-public:InitiateLayerUpload", "ecr-public:PutImage", "ecr-public:UploadLayerPart",
    ]
    resources = ["arn:aws:ecr:us-east-1:${account}:repository/ecr-ex-complete", "arn:aws:ecr-public::${account}:repository/ecr-ex-complete"]
  }

  grant "aws" {
    principals = ["*"]
    actions    = ["ecr-public:BatchGetImage", "ecr-public:GetDownloadUrlForLayer"]
    resources  = ["arn:aws:ecr-public::${account}:repository/ecr-ex-complete"]
  }

  grant "aws" { # principals of the account copy images, and fetch those of Docker Hub
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["ecr:BatchImportUpstreamImage", "ecr:CreateRepository", "ecr:ReplicateImage"]
    resources = [
      "arn:aws:ecr:us-east-1:${account}:repository/ecr-ex-complete", "arn:aws:ecr-public::${account}:repository/dockerhub/*",
    ]
  }

  grant "aws" { # the name is generated behind this
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["secretsmanager:GetSecretValue"]
    resources  = ["arn:aws:secretsmanager:us-east-1:${account}:secret:ecr-pullthroughcache/dockerhub-credentials*"]
  }

  grant "aws" {
    principals  = ["arn:aws:secretsmanager:us-east-1:${account}:secret:ecr-pullthroughcache/dockerhub-credentials*"]
    credentials = ["aws_secretsmanager_secret_version"]
  }
}
