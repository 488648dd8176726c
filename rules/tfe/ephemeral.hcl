# Ephemeral resources, https://registry.terraform.io/providers/hashicorp/tfe
#
# One that is not listed is judged as well, without these words.

opens {
  tfe_agent_token        = "makes a token of an agent"
  tfe_audit_trail_token  = "makes a token that reads the audit trail"
  tfe_organization_token = "makes a token of an organization"
  tfe_outputs            = "reads the outputs of a workspace"
  tfe_team_token         = "makes a token of a team"
}
