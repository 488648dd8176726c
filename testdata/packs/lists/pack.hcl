# Lists of types with reasons.
pack "x" {
  prefix  = "x_"
  dialect = "aws"
}

ignore {
  x_a = ""
  x_b = ["why"]
  x_c = "scales"
  x_c2 { }
}

ignore "x_d" { }

opaque "x_e" {
  reason = "runs"
  x_f    = "runs"
}

acts { x_g = true }
