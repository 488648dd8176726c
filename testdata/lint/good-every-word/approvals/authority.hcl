system "payments" {
  owner   = "team-payments"
  contact = "#payments-oncall"
  match {
    providers = ["aws"]
    accounts  = ["111122223333"]
    modules   = ["module.payments*"]
  }
  match { paths = ["payments/*"] }
}

authority "payments" {
  approvers    = ["lee", "max"]
  systems      = ["payments"]
  max_duration = "120d"
  threshold    = 2
}

process_owner = "security-engineering"

person "ana" { logins = ["ana-gh", "ana@example.com"] }

fact "aws.account" { value = "111122223333" }
fact "aws.account@west" { value = "444455556666" }

provider "pagerduty/pagerduty" {
  access = "none"
  reason = "routes alerts; nobody gets access to a system"
}

provider "hashicorp/aws" {
  type "aws_new_dashboard" {
    access = "none"
    reason = "draws charts"
  }
}
