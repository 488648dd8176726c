# How most things of AWS are known: an ARN, which each rule says, and an identifier, which is one of these.

# AWS makes the identifier, with which the ARN ends.
template "known_by_id" {
  needs = ["arn"]
  identity {
    arn = local.arn
    id  = generated(id)
  }
}

template "known_by_name" {
  needs = ["arn"]
  identity {
    arn  = local.arn
    id   = name
    name = name
  }
}

template "known_by_generated_name" {
  needs = ["arn"]
  identity {
    arn  = local.arn
    id   = self.name
    name = generated(name, name_prefix)
  }
}

template "known_by_arn" {
  needs = ["arn"]
  identity {
    arn  = local.arn
    id   = local.arn
    name = name
  }
}
