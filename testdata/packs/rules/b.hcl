rule "x_b" {
  limit "a" { tight = true }
}

ignore { x_a = "another rule in another file" }

opaque "x_*" { reason = "the same pattern" }
