approval "SEC-1" {}
system "payments" {}
authority "a" {}
person "p" {}
fact "f" {}
