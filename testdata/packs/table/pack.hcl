# A table of types with everything that can be wrong with one.
pack "x" {
  prefix  = "x_"
  dialect = "aws"
}

rule "x_ruled" {
  grant "opaque" { reason = "runs" }
}

uses "x_used" {
  attributes = ["role"]
  grant "additive" { roles = [each] }
}
