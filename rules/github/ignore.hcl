# Looks like a grant and is none.

ignore {
  github_team_settings                         = "who is asked for a review, among those who are in the team"
  github_enterprise_security_analysis_settings = "switches scanners"
}

ignore "github_*_webhook" { reason = "tells somebody of events; its secret proves who sends, not who may read" }
