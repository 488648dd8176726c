# Lists of types with reasons.
pack "x" {
  prefix  = "x_"
  dialect = "aws"
}

acts {
  x_a = ""
  x_b = ["why"]
  x_c = "scales"
  x_c2 { }
}

acts "x_d" { }

acts "x_e" {
  reason = "runs"
  x_f    = "runs"
}

acts { x_g = true }
