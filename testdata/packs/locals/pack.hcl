# Locals that do not exist, that are defined twice, or by themselves. A local that nothing uses is checked too.
pack "x" {
  prefix  = "x_"
  dialect = "aws"
}

locals {
  place   = "eu"
  first   = local.second
  second  = [local.first]
  unused  = upper(place)
}

locals {
  place = "us"
}

rule "x_a" {
  locals {
    place = "here"
    own   = local.plaice
  }
  grant "additive" {
    principals = [local.own, local.nothing, local]
    resources  = local.first
  }
}
