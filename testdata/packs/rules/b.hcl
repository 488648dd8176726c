rule "x_b" {
  limit "a" { tight = true }
}

rule "x_a" {
  grant "opaque" { reason = "another rule in another file" }
}

rule "x_*" {
  grant "opaque" { reason = "the same pattern" }
}
