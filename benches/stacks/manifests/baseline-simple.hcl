# The account's baseline in every region: trail, configuration, flow logs, alarms.
process_owner = "security"

system "audit" {
  owner = "team-audit"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["audit"]
  max_duration = "180d"
}

# Standing: what every stack of this account needs of AWS itself.
approval "PLAT-1" {
  justification = "AWS services act with the account's roles, which hold what AWS wrote for its services"
  system        = "audit"
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

  grant "aws" { # the policy that AWS gives a key by default: IAM of the account decides who uses it
    principals = ["arn:aws:iam::${account}:root"]
    actions    = ["kms:*"]
    resources  = [module.secure_baseline.module.cloudtrail_baseline[0].aws_kms_key.cloudtrail.arn]
  }
}

approval "AUD-9" {
  justification = "AWS's services record the account in every region, into one bucket, its topics and its logs"
  system        = "audit"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" { # groups are named by the modules
    principals = ["arn:aws:iam::${account}:role/VPC-Flow-Logs-Publisher"]
    actions    = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:Describe*", "logs:PutLogEvents"]
    resources  = ["*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/CloudTrail-CloudWatch-Delivery-Role"]
    actions    = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources  = ["arn:aws:logs:us-east-1:${account}:log-group:cloudtrail-multi-region:log-stream:*"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/Config-Recorder"]
    actions = [
      "kms:Decrypt", "kms:GenerateDataKey", "s3:GetBucketAcl", "s3:ListBucket", "s3:PutObject", "s3:PutObjectAcl", "sns:Publish",
    ]
    resources = [
      "arn:aws:kms:*:${account}:key/", "arn:aws:s3:::acme-audit-logs", "arn:aws:s3:::acme-audit-logs/config/AWSLogs/${account}/*",
      "arn:aws:sns:*:${account}:ConfigChanges",
    ]
  }

  grant "aws" { # one topic a region
    principals = ["Service:cloudtrail.amazonaws.com", "Service:cloudwatch.amazonaws.com", "Service:config.amazonaws.com"]
    actions    = ["sns:Publish"]
    resources = [
      "arn:aws:sns:*:${account}:ConfigChanges", "arn:aws:sns:us-east-1:${account}:CISAlarm",
      "arn:aws:sns:us-east-1:${account}:cloudtrail-multi-region-sns-topic",
    ]
  }

  grant "aws" {
    principals = ["Service:logging.s3.amazonaws.com"]
    actions    = ["s3:GetBucketAcl", "s3:PutObject"]
    resources  = ["arn:aws:s3:::acme-audit-logs-access-logs*"]
  }

  grant "aws" {
    principals = ["Service:cloudtrail.amazonaws.com"]
    actions    = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*"]
    resources  = [module.secure_baseline.module.cloudtrail_baseline[0].aws_kms_key.cloudtrail.arn]
  }

  grant "aws" { # who asks AWS's support
    principals = ["arn:aws:iam::${account}:user/admin"]
    actions    = ["sts:AssumeRole"]
    resources  = ["arn:aws:iam::${account}:role/IAM-Support"]
  }

  grant "aws" {
    principals = ["arn:aws:iam::${account}:role/IAM-Support"]
    roles      = ["arn:aws:iam::aws:policy/AWSSupportAccess"]
  }

  grant "aws" { # whoever in the account may read the trail may decrypt it
    principals = ["*"]
    actions    = ["kms:CreateAlias", "kms:Decrypt", "kms:ReEncryptFrom"]
    resources  = [module.secure_baseline.module.cloudtrail_baseline[0].aws_kms_key.cloudtrail.arn]
    condition "StringEquals" "kms:CallerAccount" { values = ["${account}"] }
  }
}
