system "payments" { owner = "x" }
