# GitHub, https://registry.terraform.io/providers/integrations/github
#
# Places are `OWNER/NAME`, `org:OWNER` and `team:SLUG`; principals `user:LOGIN`, `team:SLUG`, `app:ID`,
# `workflows:OWNER/NAME`.
pack "github" {
  sources = ["integrations/github", "hashicorp/github"]
  prefix  = "github_"
  dialect = "github"
}

fact "owner" {
  provider = coalesce(owner, organization)
  default  = null
}
