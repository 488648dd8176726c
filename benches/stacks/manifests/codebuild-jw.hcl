# A build whose role is named by a random word.
process_owner = "security"

system "delivery" {
  owner = "team-delivery"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["delivery"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "delivery"
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

approval "DEL-60" {
  justification = "The build keeps its artifacts, pushes images, and writes its log and parameters"
  system        = "delivery"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # artifacts are kept in a bucket that begins with the random word
    principals = [module.codebuild.aws_iam_role.codebuild[0].arn]
    actions    = ["s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetObject", "s3:List*", "s3:PutObject"]
    resources  = [module.codebuild.aws_s3_bucket.artifacts[0].arn, "${module.codebuild.aws_s3_bucket.artifacts[0].arn}/*"]
  }

  grant "aws" { # the module names `*`, also for the roles that the build may hand over
    principals = [module.codebuild.aws_iam_role.codebuild[0].arn]
    actions = [
      "codebuild:*Build", "codebuild:UpdateProject", "ecr:*Image", "ecr:*LayerUpload", "ecr:BatchCheckLayerAvailability", "ecr:Describe*",
      "ecr:Get*", "ecr:UploadLayerPart", "iam:ListRoles", "iam:PassRole", "logs:CreateLogGroup", "logs:CreateLogStream",
      "logs:PutLogEvents", "ssm:GetParameters", "ssm:PutParameter",
    ]
    resources = ["*"]
  }
}
