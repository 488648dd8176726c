//! What a refresh found and the plan leaves: who changed what a grant is made of is asked, and a provider's own bookkeeping
//! is none.

use countersign::catalog::Catalog;
use countersign::grants::{Change, visit};
use countersign::judge::{Extent, Judge, ReferenceMeanings, Ruling};
use countersign::manifest::Manifest;
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use countersign::source::Source;
use serde_json::{Value, json};

/// A type, its provider, what the configuration sets, what was, what differs now, and whether it is drift.
type Case = (&'static str, &'static str, &'static [&'static str], Value, Value, bool);

fn cases() -> Vec<Case> {
    let trust = |who: &str| {
        let statement = json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": who}});
        json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
    };
    let role = json!({
        "name": "r", "path": "/", "arn": "arn:aws:iam::111122223333:role/r", "description": "a",
        "assume_role_policy": trust("arn:aws:iam::111122223333:role/ci"), "managed_policy_arns": [],
    });
    let release = json!({"name": "r", "chart": "c", "values": ["a: 1"], "metadata": [], "description": "a"});
    let stack = json!({"name": "s", "template_body": "a", "outputs": {}, "id": "s"});
    let (aws, helm, tailscale) = ("hashicorp/aws", "hashicorp/helm", "tailscale/tailscale");
    let acl = json!({"id": "acl", "acl": "{}"});
    vec![
        // What exact words show.
        (
            "aws_iam_role",
            aws,
            &["name", "assume_role_policy"],
            role.clone(),
            json!({"assume_role_policy": trust("*")}),
            true,
        ),
        (
            "aws_iam_role",
            aws,
            &["name", "assume_role_policy"],
            role.clone(),
            json!({"description": "b"}),
            false,
        ),
        (
            "aws_iam_role",
            aws,
            &["name", "assume_role_policy"],
            role,
            json!({"managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"]}),
            false,
        ),
        // What no words show.
        (
            "helm_release",
            helm,
            &["name", "chart", "values"],
            release.clone(),
            json!({"values": ["a: 2"]}),
            true,
        ),
        (
            "helm_release",
            helm,
            &["name", "chart", "values"],
            release.clone(),
            json!({"metadata": [{"name": "r"}]}),
            false,
        ),
        (
            "helm_release",
            helm,
            &["name", "chart", "description"],
            release.clone(),
            json!({"description": "b"}),
            false,
        ),
        ("helm_release", helm, &["name", "chart"], release, json!({"values": ["a: 2"]}), false),
        (
            "aws_cloudformation_stack",
            aws,
            &["name", "template_body"],
            stack.clone(),
            json!({"template_body": "b"}),
            true,
        ),
        (
            "aws_cloudformation_stack",
            aws,
            &["name", "template_url"],
            stack.clone(),
            json!({"template_body": "b"}),
            false,
        ),
        (
            "aws_cloudformation_stack",
            aws,
            &["name", "template_body"],
            stack,
            json!({"outputs": {"a": "b"}}),
            false,
        ),
        // What only a table knows.
        ("tailscale_acl", tailscale, &["acl"], acl.clone(), json!({"acl": "{\"acls\": []}"}), true),
        ("tailscale_acl", tailscale, &["acl"], acl, json!({"id": "other"}), false),
    ]
}

/// Whether the drift of an object is judged as a grant.
fn is_judged((type_name, provider, sets, before, differs, _): &Case) -> bool {
    let mut after = before.clone();
    for (name, value) in differs.as_object().unwrap() {
        after[name] = value.clone();
    }
    let change = |actions: Value, before: &Value, after: &Value| {
        json!({
            "address": format!("{type_name}.x"), "mode": "managed", "type": type_name, "name": "x",
            "provider_name": format!("registry.terraform.io/{provider}"),
            "change": {"actions": actions, "before": before, "after": after, "after_unknown": {}},
        })
    };
    let expressions: serde_json::Map<String, Value> =
        sets.iter().map(|name| ((*name).to_owned(), json!({"references": ["var.x"]}))).collect();
    let plan = json!({
        "format_version": "1.2", "timestamp": "2026-11-24T00:00:00Z",
        "resource_drift": [change(json!(["update"]), before, &after)],
        "resource_changes": [change(json!(["no-op"]), &after, &after)],
        "configuration": {"root_module": {"resources": [
            {"address": format!("{type_name}.x"), "expressions": expressions},
        ]}},
    });
    let text = plan.to_string();
    let plan = Plan::read(&text).unwrap();
    let rules = rules::load(Vec::new()).unwrap();
    let owner = Source::new("a.hcl", "process_owner = \"a\"\n");
    let manifest = Manifest::from_sources("approvals", &[owner]).unwrap();
    let catalog = Catalog::default();
    let judge = Judge::new(&manifest, &catalog, "2026-11-24".parse().unwrap(), Extent::Changes);
    let facts = StatedFacts::from_iter([("aws.account".to_owned(), "111122223333".to_owned())]);
    let ruled = visit(&plan, &rules, &facts, |grant| {
        let is_drift = grant.change == Change::Drifted;
        let ruling = judge.on_plan(ReferenceMeanings::new()).judge(&grant);
        is_drift && matches!(ruling, Ruling::Judged(..))
    });
    ruled.unwrap().grants.contains(&true)
}

#[test]
fn drift_is_what_somebody_else_has_changed() {
    for case in cases() {
        let (type_name, _, sets, _, differs, due) = &case;
        assert_eq!(is_judged(&case), *due, "{type_name} that sets {sets:?}: {differs}");
    }
}
