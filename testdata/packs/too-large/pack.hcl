# Locals that repeat each other are refused before they fill the memory.
pack "x" {
  prefix  = "x_"
  dialect = "aws"
}

locals {
  a0 = [name, name, name, name, name, name, name, name, name, name]
  a1 = [local.a0, local.a0, local.a0, local.a0, local.a0, local.a0, local.a0, local.a0, local.a0, local.a0]
  a2 = [local.a1, local.a1, local.a1, local.a1, local.a1, local.a1, local.a1, local.a1, local.a1, local.a1]
  a3 = [local.a2, local.a2, local.a2, local.a2, local.a2, local.a2, local.a2, local.a2, local.a2, local.a2]
  a4 = [local.a3, local.a3, local.a3, local.a3, local.a3, local.a3, local.a3, local.a3, local.a3, local.a3]
  a5 = [local.a4, local.a4, local.a4, local.a4, local.a4, local.a4, local.a4, local.a4, local.a4, local.a4]
  a6 = [local.a5, local.a5, local.a5, local.a5, local.a5, local.a5, local.a5, local.a5, local.a5, local.a5]
  a7 = [local.a6, local.a6, local.a6, local.a6, local.a6, local.a6, local.a6, local.a6, local.a6, local.a6]
  a8 = [local.a7, local.a7, local.a7, local.a7, local.a7, local.a7, local.a7, local.a7, local.a7, local.a7]
  a9 = [local.a8, local.a8, local.a8, local.a8, local.a8, local.a8, local.a8, local.a8, local.a8, local.a8]
  a10 = [local.a9, local.a9, local.a9, local.a9, local.a9, local.a9, local.a9, local.a9, local.a9, local.a9]
  a11 = [local.a10, local.a10, local.a10, local.a10, local.a10, local.a10, local.a10, local.a10, local.a10, local.a10]
}

rule "x_a" {
  grant "additive" {
    principals = local.a11
  }
}
