# GitHub, https://registry.terraform.io/providers/integrations/github
#
# Places are `OWNER/NAME`, `org:OWNER` and `team:SLUG`; principals `user:LOGIN`, `team:SLUG`, `app:ID`,
# `workflows:OWNER/NAME`.
pack "github" {
  sources = ["integrations/github", "hashicorp/github"]
  prefix  = "github_"
  dialect = "github"
  harmless = ["description", "etag"]
  secrets = ["encrypted_secret", "password", "private_key", "secret", "value"]
}

fact "owner" {
  provider = coalesce(owner, organization)
  default  = null
}
