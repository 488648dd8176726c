# Types: foreign ones, two rules for one, twice in one rule, a rule without one.
pack "x" {
  prefix  = "x_"
  dialect = "aws"
}

rule "x_a" "x_b" "y_c" {
  grant "opaque" { reason = "runs" }
}

rule "x_d" "x_d" {
  grant "opaque" { reason = "runs" }
}

rule {
  grant "opaque" { reason = "runs" }
}

rule "x_*" {
  identity {
    arn = name
    nested { }
  }
  limt "a" { value = name }
}
