process_owner = "security-engineering"

system "payments" { owner = "team-payments" }

team "platform" {
  members = ["lee", "max"]
}

authority "payments" {
  approvers    = ["platform"]
  systems      = ["payments"]
  max_duration = "120d"
}

accounts "prod" {
  ids = ["111122223333", "222233334444"]
}

approval "SEC-1" {
  justification = "Deploys the reports"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"
  accounts      = [accounts.prod, "333344445555"]
  regions       = ["eu-west-1"]

  grant "aws" {
    principals = [module.ci["eu"].aws_iam_role.deployer[0].arn, "arn:aws:iam::${account}:role/ci"]
    actions    = ["s3:GetObject"]
    resources  = [module.eks.aws_eks_cluster.this[0].identity[1].oidc[0].issuer, module.eks.aws_eks_cluster.this[0].identity]

    condition {
      operator = "StringEquals"
      key      = "${module.eks.aws_eks_cluster.this[0].identity[0].oidc[0].issuers}:sub"
      values   = ["system:serviceaccount:payments:reports"]
    }
  }
}
