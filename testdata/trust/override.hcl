
override "sev1" {
  approvers      = ["lee", "max"]
  systems        = ["reporting"]
  threshold      = 2
  max_duration   = "12h"
  record_by      = "operator"
  record_within  = "4h"
  cleanup_by     = "team-reporting"
  cleanup_within = "24h"
  review_by      = "process_owner"
  review_within  = "5d"
}
