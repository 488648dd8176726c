# Whose the files are. It names who answers, and gives nobody authority.
system "jobs" {
  owner   = "team-jobs"
  contact = "#jobs"

  match {
    paths = ["infra/prod/*"]
  }
}
