# Engines and keys whose arguments say whether they give anything.

# An engine of another type is a program that somebody registered.
rule "vault_mount" {
  grant "opaque" {
    when = !contains(
      [
        "ad", "alicloud", "aws", "azure", "consul", "cubbyhole", "database", "gcp", "gcpkms", "generic", "keymgmt", "kmip",
        "kubernetes", "kv", "kv-v2", "ldap", "mongodbatlas", "nomad", "openldap", "pki", "rabbitmq", "ssh", "terraform",
        "totp", "transform", "transit",
      ],
      self.type
    )
    reason = "starts a secret engine that is no part of Vault"
  }
  harmless = ["default_lease_ttl_seconds", "max_lease_ttl_seconds", "listing_visibility"]
}

# A key that leaves Vault is used without its policies.
rule "vault_transit_secret_backend_key" {
  grant "opaque" {
    when   = exportable == true || allow_plaintext_backup == true
    reason = "makes a key that can be taken out of Vault"
  }
  limit "deletion_allowed" {
    with_object = true
    value       = deletion_allowed
    tight       = false
  }
  harmless = ["auto_rotate_period", "min_decryption_version", "min_encryption_version"]
}
