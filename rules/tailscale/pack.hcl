# Tailscale, https://registry.terraform.io/providers/tailscale/tailscale
pack "tailscale" {
  sources  = ["tailscale/tailscale", "davidsbond/tailscale"]
  prefix   = "tailscale_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description"]
}
