# GitLab, https://registry.terraform.io/providers/gitlabhq/gitlab
pack "gitlab" {
  sources  = ["gitlabhq/gitlab"]
  prefix   = "gitlab_"
  dialect  = "terraform"
  secrets  = ["access_key", "api_key", "client_secret", "key", "password", "private_key", "secret", "secret_key", "token", "value"]
  harmless = ["description"]
}
