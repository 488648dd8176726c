system "old" { owner = "x" }
authority "old" {
  approvers    = ["x"]
  systems      = ["old"]
  max_duration = "1d"
}
person "gone" { logins = ["gone-gh"] }
