process_owner = "security-engineering"

system "payments" { owner = "team-payments" }
