# Templates that do not exist, lack a local, use each other, are not used; an error in one is reported once.
pack "x" {
  prefix  = "x_"
  dialect = "aws"
}

template "iam" {
  needs = ["resource"]
  grant "additive" {
    principals = [nobody(member)]
    resources  = [local.resource]
  }
}

template "nested" {
  templates = ["iam"]
}

template "unused" {
  needs = ["resource"]
}

template "iam" {
}

rule "x_a" {
  templates = ["iam"]
  locals { resource = name }
}

rule "x_b" {
  templates = ["iam"]
  locals { resource = id }
}

rule "x_c" {
  templates = ["iam", "nested", "iamb"]
}
