process_owner = "security-engineering"

system "payments" { owner = "team-payments" }

provider "acme/pager" {
  access = "none"
  reason = "routes alerts; nobody gets access to a system"
}

provider "hashicorp/aws" {
  type "aws_sns_topic_policy" {
    access = "none"
    reason = "the topics of the sandbox hold nothing"
  }
}

provider "hashicorp/kubernetes" {
  type "kubernetes_new_dashboard" {
    access = "none"
    reason = "draws charts"
  }
}
