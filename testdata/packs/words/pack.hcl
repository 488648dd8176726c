# Words of the language that do not exist, with those that may be meant.
pack "x" {
  prefix  = "x_"
  dialect = "amazon"
}

pack "y" {
  prefix  = "y_"
  dialect = "aws"
}

rule "y_a" {
  grant "aditive" { principals = ["a"] }
  grant "additive" {
    dialect = "awz"
    document = policy
  }
  grant "additive" {
    format = "aws_polici"
    document = policy
  }
}

fact "account" {
  data = { a = "b", c = "d" }
}

document "y_document" {
  format = "yaml"
}
