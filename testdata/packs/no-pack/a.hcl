rule "x_a" {
  grant "opaque" { reason = "runs" }
}
