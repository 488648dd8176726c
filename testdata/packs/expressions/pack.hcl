# Every error of an expression is reported at the part that is wrong, several of one expression too.
pack "x" {
  prefix  = "x_"
  dialect = "aws"
}

rule "x_a" {
  grant "additive" {
    principals = [startwith(name, "a"), coalesc(role), trimprefix(name), known_or(a, b, c)]
    actions    = [count + 1, count < 2, -count]
    resources  = ["%{ if name == "a" }b%{ endif }", "${~ name ~}", [for x in names : x]]
    when       = generated("name") == null || generated(names[*].a, "x") == null
    roles      = [self, self[0], fact.region, names[count.index], names[1.5], concat(names...)]
  }
}
