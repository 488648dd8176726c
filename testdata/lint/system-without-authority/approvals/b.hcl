system "warehouse" { owner = "x" }
