# Cloudflare, https://registry.terraform.io/providers/cloudflare/cloudflare
pack "cloudflare" {
  sources  = ["cloudflare/cloudflare"]
  prefix   = "cloudflare_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["comment", "description", "notes"]
}
