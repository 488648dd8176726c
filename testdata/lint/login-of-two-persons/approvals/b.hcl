person "ana" { logins = ["ana-gh"] }
person "bob" { logins = ["ANA-GH"] }
