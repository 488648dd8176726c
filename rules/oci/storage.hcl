# What is private unless it says otherwise.

rule "oci_objectstorage_bucket" {
  grant "opaque" {
    when   = known_or(access_type, "NoPublicAccess") != "NoPublicAccess"
    reason = "lets everybody read objects"
  }
  limit "kms_key_id" {
    with_object = true
    value       = kms_key_id
  }
  limit "retention_rules" {
    with_object = true
    value       = retention_rules
  }
  harmless = ["auto_tiering", "metadata", "object_events_enabled", "storage_tier", "versioning"]
}

rule "oci_dns_zone" {
  grant "opaque" {
    for_each = external_downstreams
    reason   = "says who may copy a zone"
  }
  grant "opaque" {
    for_each = external_masters
    reason   = "says from where a zone is copied"
  }
}

acts "oci_database_autonomous_database_wallet" { reason = "makes a wallet while planning" }
