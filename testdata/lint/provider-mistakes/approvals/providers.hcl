provider "pagerduty/pagerduty" {
  access = "read"
  reason = "routes alerts"
}

provider "pagerduty/pagerduty" {
  access = "none"
  reason = "said twice"
}

provider "pagerduty" {
  access = "none"
  reason = "without a namespace"
}

provider "acme/empty" {}

provider "acme/blank" {
  access = "none"
  reason = " "
}

provider "acme/types" {
  type "acme_x" { access = "none" }
  type "acme_y" {
    access = "none"
    reason = "draws charts"
  }
  type "acme_y" {
    access = "none"
    reason = "draws charts"
  }
  type { reason = "of no type" }
  types = ["acme_z"]
}

provider "acme/half" {
  reason = "half of it"
  type "acme_x" {
    access = "none"
    reason = "draws charts"
  }
}
