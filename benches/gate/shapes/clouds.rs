//! Grants of several clouds.

use serde_json::json;

use super::Case;
use super::roles::{inline, inline_block, reading_grants, reading_policy, role};
use crate::manifest::{Grant, ManifestMaker};
use crate::plan::{Change, PlanMaker, block, repeated};

const PROJECT: &str = "//cloudresourcemanager.googleapis.com/projects/proj-01";

fn repeated_block(type_name: &str) -> serde_json::Value {
    repeated(block(type_name, "app", &json!({})), "count_expression", "var.n")
}

fn member(n: usize) -> (Change, Grant) {
    let member = format!("serviceAccount:svc-{n:05}@proj-01.iam.gserviceaccount.com");
    let role = "roles/storage.objectViewer";
    let after = json!({"condition": [], "member": member, "project": "proj-01", "role": role});
    let grant = Grant::new("google", &[member], ("roles", &[role]), &[PROJECT.to_owned()]);
    (Change::create("google_project_iam_member", "app", after).at(n), grant)
}

fn binding(n: usize) -> (Change, Grant) {
    let after = json!({"metadata": [{"name": format!("rb-{n}"), "namespace": "ns"}],
        "role_ref": [{"api_group": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"}],
        "subject": [{"api_group": "", "kind": "ServiceAccount", "name": format!("sa-{n}"), "namespace": "ns"}]});
    let subject = [format!("ServiceAccount:ns/sa-{n}")];
    let grant =
        Grant::new("kubernetes", &subject, ("roles", &["ClusterRole:view"]), &["namespace/ns".to_owned()]);
    (Change::create("kubernetes_role_binding", "app", after).at(n), grant)
}

fn assignment(n: usize) -> (Change, Grant) {
    let guid = |n: usize| format!("{n:08x}-0000-4000-8000-000000000000");
    let subscription = format!("/subscriptions/{}", guid(7));
    let after = json!({"principal_id": guid(n), "role_definition_name": "Reader", "condition": null,
        "scope": format!("{subscription}/resourceGroups/rg-{n}")});
    let grant = Grant::new("azure", &[guid(n)], ("roles", &["Reader"]), &[subscription]);
    (Change::create("azurerm_role_assignment", "app", after).at(n), grant)
}

/// One approval a grant.
fn each(size: usize, type_name: &str, make: impl Fn(usize) -> (Change, Grant)) -> Case {
    let (mut plan, mut manifest) = (PlanMaker::default(), ManifestMaker::default());
    for (change, grant) in (0..size).map(make) {
        plan.changes.push(change);
        manifest.approve("", &[grant]);
    }
    plan.blocks.push(repeated_block(type_name));
    Case::one(plan, manifest)
}

pub(super) fn google(size: usize) -> Case {
    each(size, "google_project_iam_member", member)
}

pub(super) fn kubernetes(size: usize) -> Case {
    each(size, "kubernetes_role_binding", binding)
}

pub(super) fn azure(size: usize) -> Case {
    each(size, "azurerm_role_assignment", assignment)
}

/// Policies and members that name their tickets or do not, a quarter of each kind, and an approval for each principal.
pub(super) fn mixed(size: usize) -> Case {
    let (mut plan, mut manifest) = (PlanMaker::default(), ManifestMaker::default());
    for n in 0..size {
        let policy = reading_policy(n, n, if n % 1_000 == 999 { "s3:*" } else { "s3:GetObject" });
        match n % 4 {
            0 => {
                let tags = json!({"owner": format!("team-{}", n % 17), "ticket": format!("SEC-{n}")});
                let after = json!({"name": format!("app-{n}"), "path": "/", "policy": policy, "tags": tags,
                    "tags_all": tags, "description": "What the application reads"});
                plan.changes.push(Change::create("aws_iam_policy", "app", after).at(n));
                let arn = role(n).replace(":role/", ":policy/");
                manifest.approve("", &reading_grants(&arn, n));
            }
            1 => {
                plan.changes.push(inline(n, n, &policy));
                manifest.approve("", &reading_grants(&role(n), n));
            }
            kind => {
                let (change, grant) = if kind == 2 { member(n) } else { binding(n) };
                plan.changes.push(change);
                manifest.approve("", &[grant]);
            }
        }
    }
    let others = ["aws_iam_policy", "google_project_iam_member", "kubernetes_role_binding"];
    plan.blocks.push(inline_block());
    plan.blocks.extend(others.map(repeated_block));
    plan.queues = size;
    Case::one(plan, manifest)
}

/// One policy of a project with so many members in forty bindings, and an approval for each binding.
pub(super) fn google_policy(size: usize) -> Case {
    const BINDINGS: usize = 40;
    let (mut bindings, mut manifest) = (Vec::new(), ManifestMaker::default());
    for n in 0..BINDINGS {
        let members: Vec<String> =
            (n..size).step_by(BINDINGS).map(|k| format!("user:u{k}@example.com")).collect();
        let role = format!("roles/custom{n}");
        bindings.push(json!({"role": role, "members": members}));
        manifest.approve("", &[Grant::new("google", &members, ("roles", &[&role]), &[PROJECT.to_owned()])]);
    }
    let after = json!({"project": "proj-01", "policy_data": json!({"bindings": bindings}).to_string()});
    let changes = vec![Change::create("google_project_iam_policy", "p", after)];
    let blocks = vec![block("google_project_iam_policy", "p", &json!({}))];
    Case::one(PlanMaker { changes, blocks, ..PlanMaker::default() }, manifest)
}
