person "lee" { logins = ["max"] }
