system "exports" {
  owner   = "team-exports"
  contact = "#exports"

  match {
    accounts = ["123456789012"]
  }
}
