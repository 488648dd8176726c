process_owner = "security-engineering"
system "s" { owner = "team" }
authority "s" {
  approvers    = ["lee"]
  systems      = ["s"]
  max_duration = "365d"
}
fact "aws.account" { value = "123456789012" }
fact "google.project" { value = "acme-prod" }
approval "SEC-1" {
  justification = "Each grant here has near misses in cases.json"
  system = "s"
  requester = "ana"
  approvers = ["lee"]
  approved_on = "2026-11-01"
  expires_on = "2027-01-01"
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/app"]
    actions = ["s3:GetObject"]
    resources = ["arn:aws:s3:::payments/*"]
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/app"]
    actions = ["sts:AssumeRole"]
    resources = ["arn:aws:iam::123456789012:role/next"]
    condition "StringEquals" "sts:ExternalId" { values = ["abc"] }
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"]
    actions = ["sts:AssumeRoleWithWebIdentity"]
    resources = ["arn:aws:iam::123456789012:role/gh"]
    condition "StringEquals" "token.actions.githubusercontent.com:sub" { values = ["repo:acme/app:ref:refs/heads/main"] }
    condition "StringEquals" "token.actions.githubusercontent.com:aud" { values = ["sts.amazonaws.com"] }
  }
  grant "google" {
    principals = ["serviceAccount:ci@acme-prod.iam.gserviceaccount.com"]
    roles = ["roles/viewer"]
    resources = ["//cloudresourcemanager.googleapis.com/projects/acme-prod"]
  }
  grant "github" {
    principals = ["team:payments"]
    roles      = ["push"]
    resources  = ["acme/payments-api"]
  }
  grant "kubernetes" {
    principals = ["ServiceAccount:payments/deployer"]
    roles      = ["Role:payments/reader"]
    resources  = ["namespace/payments"]
  }
  grant "azure" {
    principals = ["00000000-0000-0000-0000-00000000de1e"]
    roles      = ["Role Based Access Control Administrator"]
    resources  = ["/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/payments"]
    expression = "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'}) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7, 5e467623-bb1f-42f4-a55d-6e525e11384b} AND @Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase 'ServicePrincipal')) AND (!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'}) OR (@Resource[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals {acdd72a7-3385-48ef-bd42-f606fba81ae7}))"
  }
  grant "azure" {
    principals = ["00000000-0000-0000-0000-00000000abcd"]
    roles      = ["Reader"]
    resources  = ["/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/payments"]
  }
  grant "aws" {
    principals = ["s3.amazonaws.com"]
    actions    = ["lambda:InvokeFunction"]
    resources  = ["arn:aws:lambda:eu-west-1:123456789012:function:f"]
    condition "ArnLike" "aws:SourceArn" { values = ["arn:aws:s3:::payments"] }
    condition "StringEquals" "aws:SourceAccount" { values = ["123456789012"] }
  }
  grant "aws" {
    principals = ["arn:aws:iam::999999999999:root"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::shared/*"]
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/gen-*"]
    actions    = ["logs:PutLogEvents"]
    resources  = ["*"]
  }
  grant "aws" {
    principals = ["arn:aws:iam::123456789012:role/gen-*"]
    actions    = ["s3:GetObject"]
    resources  = ["arn:aws:s3:::gen/*"]
  }
}
