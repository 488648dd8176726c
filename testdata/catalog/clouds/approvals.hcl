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

# What may be done, in words; no role is named.
approval "SEC-1" {
  justification = "The workers look at queues"
  system        = "data"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "google" {
    principals = ["serviceAccount:worker@acme-prod.iam.gserviceaccount.com"]
    actions    = ["pubsub.subscriptions.*", "resourcemanager.projects.get"]
    resources  = ["//cloudresourcemanager.googleapis.com/projects/acme-prod"]
  }
  grant "azure" {
    principals = ["00000000-0000-0000-0000-00000000abcd"]
    actions    = ["Microsoft.Storage/storageAccounts/queueServices/*"]
    resources  = ["/subscriptions/00000000-0000-0000-0000-000000000001"]
  }
  grant "azuread" {
    principals = ["00000000-0000-0000-0000-00000000abcd"]
    actions    = ["microsoft.directory/groups/members/read", "microsoft.directory/users/guest/read"]
    resources  = ["/"]
  }
  grant "kubernetes" {
    principals = ["ServiceAccount:jobs/worker"]
    actions    = ["get:/pods", "list:/pods", "get:/pods/log", "list:/pods/log"]
    resources  = ["namespace/jobs"]
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/worker"]
    actions    = ["sqs:List*"]
    resources  = ["*"]
  }
}

# A role by its name, which covers the same access in other words.
approval "SEC-2" {
  justification = "The second worker, by roles"
  system        = "data"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "google" {
    principals = ["serviceAccount:second@acme-prod.iam.gserviceaccount.com"]
    roles      = ["roles/viewer"]
    resources  = ["//cloudresourcemanager.googleapis.com/projects/acme-prod"]
  }
}
