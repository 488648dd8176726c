# Looks like a grant and is none.

ignore "github_*_webhook" {
  reason = "tells somebody of events; its secret proves who sends, not who may read"
}

ignore "github_team_settings" {
  reason = "who is asked for a review, among those who are in the team"
}

ignore "github_enterprise_security_analysis_settings" {
  reason = "switches scanners"
}
