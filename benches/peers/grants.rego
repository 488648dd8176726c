# Whether each grant of a plan is one of a list: what a policy in Rego can say without an algebra of its own. Wildcards,
# conditions, denials and validity are not read.
package grants

import rego.v1

violations contains key if {
	some change in input.resource_changes
	"create" in change.change.actions
	some key in granted(change.type, change.change.after)
	not data.allowed[key]
}

granted(kind, after) := {key |
	kind in {"aws_iam_policy", "aws_iam_role_policy"}
	some statement in as_list(json.unmarshal(after.policy).Statement)
	some action in as_list(statement.Action)
	some resource in as_list(statement.Resource)
	key := sprintf("%s|%s|%s", [object.get(after, "role", after.name), action, resource])
} | {key |
	kind == "google_project_iam_member"
	key := sprintf("%s|%s|%s", [after.member, after.role, after.project])
} | {key |
	kind == "kubernetes_role_binding"
	some subject in object.get(after, "subject", [])
	some role in after.role_ref
	some about in after.metadata
	key := sprintf("%s|%s|%s", [subject.name, role.name, about.namespace])
}

as_list(value) := value if is_array(value)

as_list(value) := [value] if not is_array(value)
