# Oracle Cloud, https://registry.terraform.io/providers/oracle/oci
pack "oci" {
  sources  = ["oracle/oci", "hashicorp/oci"]
  prefix   = "oci_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description", "display_name", "freeform_tags", "timeouts"]
}
