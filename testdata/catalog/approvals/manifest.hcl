process_owner = "security-engineering"

system "data" {
  owner = "team-data"
}

authority "data" {
  approvers    = ["lee"]
  systems      = ["data"]
  max_duration = "120d"
}

fact "aws.account" {
  value = "123456789012"
}

# A managed policy by its name: whatever AWS lets it hold.
approval "SEC-1" {
  justification = "The reader reads all buckets"
  system        = "data"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/reader"]
    roles      = ["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]
  }
}

# What may be done, in words: a managed policy that holds no more is within it.
approval "SEC-2" {
  justification = "The worker looks at queues"
  system        = "data"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/worker"]
    actions    = ["sqs:Get*", "sqs:List*", "s3:Get*", "s3:List*"]
    resources  = ["*"]
  }
}

# A managed policy by its name covers the same access written out.
approval "SEC-3" {
  justification = "The auditor sees the queues"
  system        = "data"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/auditor"]
    roles      = ["arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"]
  }
}

# What is taken out of a role stays taken out: such a grant counts by its name alone.
approval "SEC-4" {
  justification = "The auditors see the queues, but for the first of them"
  system        = "data"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/auditor-*"]
    roles      = ["arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"]

    except {
      principals = ["arn:aws:iam::123456789012:role/auditor-1"]
    }
  }
}

# A permission set that the plan makes is known by what is attached to it. What an existing one holds is not in a plan,
# so it is approved by name.
approval "SEC-5" {
  justification = "Support looks at queues"
  system        = "data"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:identitystore:::group/11111111-2222-3333-4444-555555555555"]
    actions    = ["sqs:*"]
    resources  = ["*"]
  }

  grant "aws" {
    principals = ["arn:aws:identitystore:::group/11111111-2222-3333-4444-555555555555"]
    roles      = ["arn:aws:sso:::permissionSet/ssoins-1/ps-1"]
    resources  = ["arn:aws:iam::123456789012:root"]
  }
}

# Whoever holds everything may do the same written out; who trusts them is another decision.
approval "SEC-6" {
  justification = "Break-glass administration"
  system        = "data"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/admin"]
    roles      = ["arn:aws:iam::aws:policy/AdministratorAccess"]
  }
}
