# What every token of a namespace has.

rule "consul_namespace" {
  grant "opaque" {
    when   = policy_defaults[0] != null || role_defaults[0] != null
    reason = "gives policies and roles to every token of a namespace"
  }
  harmless = ["meta"]
}
