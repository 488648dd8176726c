# Who has a project.

rule "mongodbatlas_project" {
  grant "opaque" {
    for_each = teams
    reason   = "gives a team roles in a project"
  }
  grant "opaque" {
    when   = project_owner_id != null && project_owner_id != ""
    reason = "gives a project an owner"
  }
}
