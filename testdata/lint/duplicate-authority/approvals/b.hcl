authority "Payments" {
  approvers    = ["x"]
  systems      = ["payments"]
  max_duration = "1d"
}
