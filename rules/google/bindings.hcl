# Every other `google_*_iam_member`, `_binding` and `_policy`: the three are alike in all families.
#
# The scope is what is left of the arguments. It stands below the project, so that an approval of the project covers
# it; where the type has no project, below the project `-`, which none is called.

locals {
  place     = "//terraform.google/projects/${coalesce(project, "-")}"
  arguments = except("project", "role", "member", "members", "policy_data", "condition")
}

rule "google_*_iam_member" {
  grant "additive" {
    principals = [member]
    roles      = [role]
    role_kind = "google_custom_role"
    resources  = ["${local.place}/${trimprefix(trimsuffix(type, "_iam_member"), "google_")}/${local.arguments}"]
    expression = condition[0].expression
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_*_iam_binding" {
  grant "exclusive" {
    when       = members[0] != null
    principals = members
    roles      = [role]
    role_kind = "google_custom_role"
    resources  = ["${local.place}/${trimprefix(trimsuffix(type, "_iam_binding"), "google_")}/${local.arguments}"]
    expression = condition[0].expression
  }
  mentions = [condition[0].title, condition[0].description]
}

rule "google_*_iam_policy" {
  grant "exclusive" {
    document  = policy_data
    resources = ["${local.place}/${trimprefix(trimsuffix(type, "_iam_policy"), "google_")}/${local.arguments}"]
  }
}
