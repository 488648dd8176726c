person "ana" { logins = ["lee"] }
