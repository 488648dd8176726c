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
  grant "opaque" {
    when   = allowed_managed_keys[0] != null
    reason = "lets a secret engine use keys of another system"
  }
  grant "opaque" {
    when   = delegated_auth_accessors[0] != null
    reason = "lets a secret engine ask for tokens"
  }
  # What is not hidden stands in the audit log, and a header that is passed on reaches the engine.
  grant "opaque" {
    when = (
      audit_non_hmac_request_keys[0] != null || audit_non_hmac_response_keys[0] != null
      || passthrough_request_headers[0] != null
    )
    reason = "writes values into the audit log, or passes headers on"
  }
  limit "seal_wrap" {
    with_object = true
    value       = seal_wrap
    tight       = true
  }
  harmless = ["default_lease_ttl_seconds", "max_lease_ttl_seconds", "force_no_cache", "listing_visibility", "options"]
}

# The name is part of a path, of which a client removes the dots: `../../sys/policy/x` is a policy.
rule "vault_kv_secret_v2" {
  grant "opaque" {
    when   = split("..", mount)[1] != null || split("..", known_or(name, ""))[1] != null
    reason = "writes to any path of Vault"
  }
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
