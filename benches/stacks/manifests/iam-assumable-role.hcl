# Roles that a partner account takes, each with its own conditions.
process_owner = "security"

system "access" {
  owner = "team-access"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["access"]
  max_duration = "180d"
}


approval "ACC-17" {
  justification = "The partner's account and CodeDeploy take roles that read Cognito, push images and manage Alexa"
  system        = "access"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # the administrator's role may be taken again by itself
    principals = ["*"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:aws:iam::${account}:role/admin"]
    condition "ArnEquals" "aws:PrincipalArn" { values = ["arn:aws:iam::${account}:role/admin"] }
  }

  grant "aws" {
    principals = ["arn:aws:iam::307990089504:root", "arn:aws:iam::835367859851:user/anton", "Service:codedeploy.amazonaws.com"]
    actions    = ["sts:AssumeRole", "sts:TagSession"]
    resources  = ["arn:aws:iam::${account}:role/admin", "arn:aws:iam::${account}:role/custom_sts"]
    condition "Bool" "aws:MultiFactorAuthPresent" { values = ["true"] }
    condition "NumericLessThan" "aws:MultiFactorAuthAge" { values = ["86400"] }
  }

  grant "aws" { # names of roles are generated behind `custom-`
    principals = ["arn:aws:iam::307990089504:root", "Service:codedeploy.amazonaws.com"]
    actions    = ["sts:AssumeRole", "sts:TagSession"]
    resources  = ["arn:aws:iam::${account}:role/custom-*"]
    condition "StringEquals" "sts:ExternalId" { values = ["some-id-goes-here"] }
  }

  grant "aws" {
    principals = ["*"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:aws:iam::${account}:role/iam_assumable_role_custom_trust_policy"]
    condition "StringEquals" "aws:PrincipalOrgID" { values = ["o-someorgid"] }
    condition "StringEquals" "sts:ExternalId" { values = ["some-ext-id"] }
  }

  grant "aws" {
    principals = ["Service:ec2.amazonaws.com"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:aws:iam::${account}:role/admin"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/admin"]
    roles      = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  }

  grant "aws" {
    principals = [
      "arn:aws:iam::${account}:role/custom-*", "arn:aws:iam::${account}:role/custom_sts",
      "arn:aws:iam::${account}:role/iam_assumable_role_custom_trust_policy",
    ]
    roles = ["arn:aws:iam::aws:policy/AlexaForBusinessFullAccess", "arn:aws:iam::aws:policy/AmazonCognitoReadOnly"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/custom-*", "arn:aws:iam::${account}:role/custom_sts"]
    actions = [
      "ec2:Describe*", "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:Describe*",
      "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:ListImages", "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = ["*"]
  }
}
