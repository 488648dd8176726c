person "lee" { logins = ["lee2"] }
