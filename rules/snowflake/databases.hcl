# A database that other accounts have, or that comes from another account.

rule "snowflake_database" {
  harmless = ["data_retention_time_in_days", "log_level", "max_data_extension_time_in_days", "trace_level"]
  grant "opaque" {
    for_each = replication
    reason   = "copies a database to other accounts"
  }
}

rule "snowflake_database_old" {
  grant "opaque" {
    for_each = replication_configuration
    reason   = "copies a database to other accounts"
  }
  grant "opaque" {
    when   = from_share[0] != null || keys(from_share)[0] != null
    reason = "makes objects of another account readable"
  }
}
