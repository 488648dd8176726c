system "x" {
  owner = "x"
  match {}
}
