approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee", "max"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  starts_on     = "2026-12-01"
  title         = "Déployer 部署"

  grant "aws" {
    principals  = ["arn:aws:iam::111122223333:role/ci"]
    actions     = ["s3:*"]
    not_actions = ["s3:DeleteBucket"]
    resources   = ["arn:aws:s3:::payments-inbox/$${aws:username}/*"]
    except { actions = ["s3:PutBucketPolicy", "s3:PutObjectAcl"] }
    except {
      actions   = ["s3:DeleteObject"]
      resources = ["arn:aws:s3:::payments-inbox/ledger/*"]
    }
  }
  grant "aws" {
    principals  = ["arn:aws:iam::111122223333:user/ci"]
    credentials = ["aws_iam_access_key"]
    max_ttl     = "30d"
  }
  grant "azure" {
    principals   = ["00000000-0000-0000-0000-00000000abcd"]
    actions      = ["Microsoft.Storage/*"]
    not_actions  = ["Microsoft.Storage/*/delete"]
    data_actions = ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"]
    resources    = ["/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/payments"]
    assignment   = "eligible"
  }
  grant "google" {
    principals = ["user:ana@example.com"]
    roles      = ["roles/viewer"]
    resources  = ["//cloudresourcemanager.googleapis.com/projects/acme-prod"]
    expression = "request.time < timestamp(\"2027-01-01T00:00:00Z\")"
  }
  run "local-exec" {
    address = "module.ci[\"eu\"].terraform_data.warm[0]"
    sha256  = "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08"
  }
  run "target" { addresses = ["module.ci.*"] }
  review {
    on       = "2026-11-22"
    by       = "max"
    decision = "keep"
    note     = "Still used"
  }
}
