# A user for a program outside of AWS, whose keys are kept in Parameter Store.
fact "aws.account" { # this plan reads nothing that tells its account
  value = "123456789012"
}

process_owner = "security"

system "files" {
  owner = "team-files"
}

authority "platform" {
  approvers    = ["lee"]
  systems      = ["files"]
  max_duration = "180d"
}


approval "FIL-20" {
  justification = "A program outside of AWS lists uploads of one bucket; its keys are kept in Parameter Store"
  system        = "files"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-02"
  expires_on    = "2027-04-01"
  accounts      = ["123456789012"]

  grant "aws" {
    principals = ["arn:aws:iam::${account}:user/eg-test-s3-user"]
    actions    = ["s3:ListBucketMultipartUploads"]
    resources  = ["arn:aws:s3:::cpco-testing-ecs-alb-access-logs"]
  }

  grant "aws" {
    principals  = ["arn:aws:iam::${account}:user/eg-test-s3-user"]
    credentials = ["aws_iam_access_key"]
  }

  grant "aws" {
    principals  = ["arn:aws:ssm:us-east-2:${account}:parameter/eg-test-s3-user/*"]
    credentials = ["aws_ssm_parameter"]
  }
}
