approval "SEC-1" {
  justification = "Replaces the shared deploy key"
  system        = "payments"
  requester     = "ana"
  approvers     = ["lee"]
  approved_on   = "2026-11-20"
  expires_on    = "2027-02-20"

  run "local-exce" {
    address = "terraform_data.a"
    sha256  = "0000000000000000000000000000000000000000000000000000000000000000"
  }
  run "local-exec" {
    address = "module.ci.*"
    sha256  = "0000000000000000000000000000000000000000000000000000000000000000"
  }
  run "local-exec" {
    address = "terraform_data.a"
    sha256  = "sha256:00"
  }
  run "local-exec" {
    address = "terraform_data.a"
  }
  run "target" {
    address = "module.ci"
  }
}
