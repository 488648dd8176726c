//! Random plans and manifests over so few names that approvals meet grants in every way: by the name, by a pattern of either
//! side, by account, by ticket, by address and not at all.

use serde_json::{Value, json};

use crate::random::Random;

const ACTIONS: [&str; 8] = [
    "s3:GetObject",
    "s3:Get*",
    "s3:*",
    "sqs:SendMessage",
    "sts:AssumeRole",
    "kms:Decrypt",
    "*",
    "s3:ListBucket",
];
const RESOURCES: [&str; 9] = [
    "*",
    "arn:aws:s3:::app-a",
    "arn:aws:s3:::app-a/*",
    "arn:aws:s3:::app-*",
    "arn:aws:s3:::App-A/x",
    "arn:aws:s3:::b/*",
    "arn:aws:sqs:eu-west-1:111122223333:jobs-*",
    "arn:aws:sqs:*:111122223333:jobs-1",
    "arn:aws:s3:::${aws:PrincipalTag/team}/*",
];
const ROLES: [&str; 5] = ["app-a", "app-b", "App-A", "app-ab", "b"];
const AWS_PRINCIPALS: [&str; 14] = [
    "arn:aws:iam::111122223333:role/app-a",
    "arn:aws:iam::111122223333:role/app-b",
    "arn:aws:iam::111122223333:role/svc/app-a",
    "arn:aws:iam::111122223333:role/app-*",
    "arn:aws:iam::111122223333:role/*",
    "arn:aws:iam::*:role/app-a",
    "arn:aws:iam::111122223333:role/*-a",
    "arn:aws:iam::111122223333:root",
    "arn:aws:iam::444455556666:root",
    "arn:aws:iam::444455556666:role/app-a",
    "arn:aws:iam::${account}:role/app-a",
    "*",
    "ec2.amazonaws.com",
    "arn:aws:iam::111122223333:user/ana",
];
const MEMBERS: [&str; 9] = [
    "serviceAccount:svc-a@proj-01.iam.gserviceaccount.com",
    "serviceAccount:SVC-a@proj-01.iam.gserviceaccount.com",
    "deleted:serviceAccount:svc-a@proj-01.iam.gserviceaccount.com?uid=1",
    "user:ana@example.com",
    "user:*@example.com",
    "group:ops@example.com",
    "allAuthenticatedUsers",
    "allUsers",
    "principalSet://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/*",
];
const GOOGLE_ROLES: [&str; 3] = ["roles/storage.objectViewer", "roles/viewer", "roles/owner"];
const SUBJECTS: [&str; 3] = ["sa-a", "sa-b", "sa-ab"];

fn change(random: &mut Random, type_name: &str, provider: &str, mut after: Value, unknown: &str) -> Value {
    let mut after_unknown = json!({"id": true});
    if !unknown.is_empty() {
        after.as_object_mut().unwrap().remove(unknown);
        after_unknown[unknown] = json!(true);
    }
    if random.chance(10) {
        after["tags"] = json!({"ticket": random.pick(&["SEC-0", "SEC-3", "SEC-99"])});
    }
    let module = random.pick(&["", "module.ci.", "module.ci.module.a."]);
    let before = if random.chance(10) { after.clone() } else { Value::Null };
    let actions = if before.is_null() { ["create"] } else { ["update"] };
    json!({"address": module, "mode": "managed", "type": type_name, "provider_name": provider, "change": {
        "actions": actions, "before": before, "after": after, "after_unknown": after_unknown,
        "before_sensitive": {}, "after_sensitive": {}}})
}

fn document(random: &mut Random, principal: Option<Value>) -> String {
    let statements: Vec<Value> = (0..=random.below(2))
        .map(|_| {
            let effect = if random.chance(8) { "Deny" } else { "Allow" };
            let mut statement = json!({"Effect": effect, "Action": random.some(&ACTIONS, 2)});
            match &principal {
                Some(principal) => statement["Principal"] = principal.clone(),
                None => statement["Resource"] = json!(random.some(&RESOURCES, 2)),
            }
            if principal.is_some() && random.chance(50) {
                statement["Resource"] = json!(random.some(&RESOURCES, 2));
            }
            statement
        })
        .collect();
    json!({"Version": "2012-10-17", "Statement": statements}).to_string()
}

fn make_change(random: &mut Random) -> Value {
    const AWS: &str = "registry.terraform.io/hashicorp/aws";
    const GOOGLE: &str = "registry.terraform.io/hashicorp/google";
    const KUBERNETES: &str = "registry.terraform.io/hashicorp/kubernetes";
    const AZURE: &str = "registry.terraform.io/hashicorp/azurerm";
    match random.below(8) {
        0..=2 => {
            let after = json!({"name": "p", "role": random.pick(&ROLES), "policy": document(random, None)});
            let unknown = *random.pick(&["", "", "role", "policy"]);
            change(random, "aws_iam_role_policy", AWS, after, unknown)
        }
        3 => {
            let principal = json!({"AWS": random.some(&AWS_PRINCIPALS[..3], 2)});
            let root = json!({"AWS": random.pick(&["arn:aws:iam::444455556666:root", "111122223333", "*"])});
            let principal = if random.chance(50) { principal } else { root };
            let trust = json!({"Version": "2012-10-17", "Statement": [
                {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}]});
            let after =
                json!({"name": random.pick(&ROLES), "path": "/", "assume_role_policy": trust.to_string()});
            change(random, "aws_iam_role", AWS, after, "")
        }
        4 => {
            let everyone = json!("*");
            let named = json!({"AWS": random.pick(&AWS_PRINCIPALS[..3])});
            let principal = if random.chance(50) { everyone } else { named };
            let after = json!({"bucket": "app-a", "policy": document(random, Some(principal))});
            change(random, "aws_s3_bucket_policy", AWS, after, "")
        }
        5 => {
            let after = json!({"condition": [], "member": random.pick(&MEMBERS), "project": "proj-01",
                "role": random.pick(&GOOGLE_ROLES)});
            let unknown = *random.pick(&["", "", "member"]);
            change(random, "google_project_iam_member", GOOGLE, after, unknown)
        }
        6 => {
            let subject = json!({"api_group": "", "kind": "ServiceAccount", "name": random.pick(&SUBJECTS),
                "namespace": random.pick(&["ns", "other"])});
            let role =
                json!({"api_group": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"});
            let after = json!({"metadata": [{"name": "rb", "namespace": "ns"}], "role_ref": [role],
                "subject": [subject]});
            change(random, "kubernetes_role_binding", KUBERNETES, after, "")
        }
        _ => {
            let id = format!("0000000{}-0000-4000-8000-000000000000", random.below(3));
            let scope = "/subscriptions/00000007-0000-4000-8000-000000000000/resourceGroups/rg";
            let after = json!({"principal_id": id, "role_definition_name": "Reader", "scope": scope,
                "condition": null});
            let unknown = *random.pick(&["", "principal_id"]);
            change(random, "azurerm_role_assignment", AZURE, after, unknown)
        }
    }
}

/// A plan of a few grants.
pub(super) fn make_plan(random: &mut Random) -> String {
    let mut changes: Vec<Value> = (0..=random.below(5)).map(|_| make_change(random)).collect();
    for (at, change) in changes.iter_mut().enumerate() {
        let module = change["address"].as_str().unwrap().to_owned();
        change["name"] = json!(format!("x{at}"));
        change["address"] = json!(format!("{module}{}.x{at}", change["type"].as_str().unwrap()));
        if !module.is_empty() {
            change["module_address"] = json!(module.trim_end_matches('.'));
        }
    }
    let provider = |name: &str| {
        let full_name = format!("registry.terraform.io/hashicorp/{name}");
        json!({"name": name, "full_name": full_name})
    };
    json!({"format_version": "1.2", "terraform_version": "1.11.4", "resource_changes": changes,
        "configuration": {"provider_config": {"aws": provider("aws"), "google": provider("google"),
            "kubernetes": provider("kubernetes"), "azurerm": provider("azurerm")}, "root_module": {}},
        "complete": true, "errored": false})
    .to_string()
}

fn grant(random: &mut Random, is_placed: bool) -> String {
    let q = |texts: &[String]| json!(texts).to_string();
    let principals = |random: &mut Random, all: &[&str]| {
        let known: Vec<&str> = all.iter().copied().filter(|one| is_placed || !one.contains("${")).collect();
        random.some(&known, 3)
    };
    let (provider, body) = match random.below(6) {
        0..=2 => {
            let mut principals = principals(random, &AWS_PRINCIPALS);
            let mut resources = random.some(&RESOURCES[..8], 3);
            // So many that the part is judged that the grant is about.
            let many = |text: &str| (0..80).map(|n| format!("{text}{n}")).collect::<Vec<_>>();
            if random.chance(15) {
                principals.extend(many("arn:aws:iam::111122223333:role/many-"));
            } else if random.chance(15) {
                resources.extend(many("arn:aws:s3:::many/"));
            }
            let actions = random.some(&ACTIONS, 3);
            let except = if random.chance(15) {
                "    except {\n      resources = [\"arn:aws:s3:::app-a/*\"]\n    }\n"
            } else {
                ""
            };
            let except = if resources.iter().any(|one| one == "*" || one == "arn:aws:s3:::app-*") {
                except
            } else {
                ""
            };
            let lists = format!(
                "    principals = {}\n    actions = {}\n    resources = {}\n",
                q(&principals),
                q(&actions),
                q(&resources)
            );
            ("aws", lists + except)
        }
        3 => {
            let (members, roles) = (random.some(&MEMBERS, 3), random.some(&GOOGLE_ROLES, 1));
            let project = "[\"//cloudresourcemanager.googleapis.com/projects/proj-01\"]";
            let body = format!(
                "    principals = {}\n    roles = {}\n    resources = {project}\n",
                q(&members),
                q(&roles)
            );
            ("google", body)
        }
        4 => {
            let subjects = random.some(&["ServiceAccount:ns/sa-a", "ServiceAccount:ns/sa-b"], 2);
            let body = format!(
                "    principals = {}\n    roles = [\"ClusterRole:view\"]\n    resources = [\"namespace/ns\"]\n",
                q(&subjects)
            );
            ("kubernetes", body)
        }
        _ => {
            let id = format!("0000000{}-0000-4000-8000-000000000000", random.below(3));
            let scope = "/subscriptions/00000007-0000-4000-8000-000000000000";
            let body = format!(
                "    principals = [\"{id}\"]\n    roles = [\"Reader\"]\n    resources = [\"{scope}\"]\n"
            );
            ("azure", body)
        }
    };
    format!("  grant \"{provider}\" {{\n{body}  }}\n")
}

/// A manifest of a few approvals.
pub(super) fn make_manifest(random: &mut Random) -> String {
    let mut text = "process_owner = \"security\"\nsystem \"payments\" {\n  owner = \"team-payments\"\n}\n\
         authority \"payments\" {\n  approvers = [\"lee\"]\n  systems = [\"payments\"]\n  max_duration = \"400d\"\n}\n\
         fact \"aws.account\" {\n  value = \"111122223333\"\n}\n"
        .to_owned();
    for ticket in 0..=random.below(14) {
        let is_placed = random.chance(30);
        let expires_on = if random.chance(85) { "2027-02-20" } else { "2026-11-23" };
        let addresses = *random.pick(&["module.ci.*", "*.x1", "aws_iam_role_policy.x0", "*"]);
        let addresses =
            if random.chance(15) { format!("  addresses = [\"{addresses}\"]\n") } else { String::new() };
        let accounts = if is_placed { "  accounts = [\"111122223333\"]\n" } else { "" };
        let grants: Vec<String> = (0..=random.below(2)).map(|_| grant(random, is_placed)).collect();
        text += &format!(
            "approval \"SEC-{ticket}\" {{\n  title = \"t\"\n  justification = \"j\"\n  system = \"payments\"\n  \
             requester = \"ana\"\n  approvers = [\"lee\"]\n  approved_on = \"2026-11-20\"\n  \
             expires_on = \"{expires_on}\"\n{addresses}{accounts}{}}}\n",
            grants.concat()
        );
    }
    text
}
