approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  grant "kubernetes" {
    principals = ["ServiceAccount:payments/deployer"]
    actions    = ["get pods"]
    resources  = ["namespace/payments"]
  }
}
