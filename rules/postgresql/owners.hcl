# Who owns a database or a schema may do everything with it. An owner that nobody names is the one who applies.

rule "postgresql_database" {
  harmless = ["allow_connections", "connection_limit"]
  grant "opaque" {
    when   = known_or(owner, "") != ""
    reason = "gives a database an owner"
  }
  grant "opaque" {
    when   = !contains(["", "DEFAULT", "template0", "template1"], known_or(template, ""))
    reason = "copies another database"
  }
  grant "opaque" {
    when   = is_template == true
    reason = "lets whoever may make databases copy this one"
  }
}

rule "postgresql_schema" {
  grant "opaque" {
    when   = known_or(owner, "") != ""
    reason = "gives a schema an owner"
  }
  grant "opaque" {
    for_each = policy
    reason   = "says who may use a schema"
  }
}
