approval "SEC-1423" {                       # the label is the ticket ID
  title         = "CI deployer pushes payment images"
  justification = "Replaces the shared deploy key with a scoped role"
  system        = "payments"                # its owner answers for the execution
  requester     = "ana"
  approvers     = ["lee"]                   # they answer for the decision
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"              # the first day on which it no longer holds, UTC
  evidence      = ["https://tickets.example.com/SEC-1423"]
  addresses     = ["module.ci.*"]

  grant "aws" {
    principals = ["arn:aws:iam::111122223333:role/ci-deployer"]
    actions    = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"]
    resources  = ["arn:aws:ecr:eu-west-1:111122223333:repository/payments-*"]
    condition "StringEquals" "aws:PrincipalOrgID" { values = ["o-a1b2c3d4e5"] }
  }
  grant "aws" { # a role (managed policy) by name: identity, or its meaning from the catalogue
    principals = ["arn:aws:iam::111122223333:role/ci-deployer"]
    roles      = ["arn:aws:iam::aws:policy/AmazonECS_FullAccess"]
  }
  grant "google" {
    principals = ["serviceAccount:ci@acme-prod.iam.gserviceaccount.com"]
    roles      = ["roles/artifactregistry.writer"]
    resources  = ["//cloudresourcemanager.googleapis.com/projects/acme-prod"]
  }
  grant "kubernetes" {
    principals = ["ServiceAccount:payments/deployer"]
    roles      = ["ClusterRole:edit"]
    resources  = ["namespace/payments"]
  }
  grant "azure" {
    principals = ["00000000-0000-0000-0000-00000000abcd"]
    roles      = ["Storage Blob Data Reader"]
    resources  = ["/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/payments"]
  }
  grant "github" {
    principals = ["team:payments"]
    roles      = ["maintain"]
    resources  = ["acme/payments-api"]
  }
}
