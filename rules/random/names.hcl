# What random values are made of, for the names that other objects get by them.
#
# Sources: https://github.com/hashicorp/terraform-provider-random, `internal/provider/resource_*.go`. The separator of pets
# and the characters of strings are the configuration's, so that only some make a word. Secrets are not looked at.

# `id` is base64 for URLs without padding; the other forms have the prefix.
rule "random_id" {
  identity {
    b64_url = generated(b64_url, prefix)
    dec     = generated(dec, prefix)
    hex     = generated(hex, prefix)
    id      = generated(id)
  }
  random = byte_length == 1 || byte_length == 2 || byte_length == 3 ? null : ["b64_url", "dec", "hex", "id"]
}

# Lower-case words of the language; the separator stands between the prefix and them, too.
rule "random_pet" {
  locals {
    separator = known_or(separator, "-")
    prefix    = prefix == null || prefix == "" ? null : "${prefix}${local.separator}"
  }
  identity {
    id = contains(["", "-", "_"], local.separator) ? generated(id, local.prefix) : null
  }
  random = length == 0 || length == 1 ? null : ["id"]
}

# A least number of special characters makes them part of it even where `special` is false.
rule "random_string" {
  locals {
    is_plain = special == false && known_or(min_special, 0) == 0 && length != 0
  }
  identity {
    id     = local.is_plain ? generated(id) : null
    result = local.is_plain ? generated(result) : null
  }
}

rule "random_uuid" {
  identity {
    id     = generated(id)
    result = self.id
  }
  random = ["id", "result"]
}

# A number, which may be negative.
rule "random_integer" {
  identity {
    id     = generated(id)
    result = self.id
  }
}
