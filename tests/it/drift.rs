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

/// An object that somebody may have changed.
struct Case {
    type_name: &'static str,
    provider: &'static str,
    /// The arguments that the configuration sets.
    sets: &'static [&'static str],
    before: Value,
    differs: Value,
    is_drift: bool,
}

/// The cases of one object: what the configuration sets, what differs, and whether that is drift.
fn cases_of(
    [type_name, provider]: [&'static str; 2],
    before: &Value,
    changes: Vec<(&'static [&'static str], Value, bool)>,
) -> Vec<Case> {
    let changes = changes.into_iter();
    let case = |(sets, differs, is_drift)| Case {
        type_name,
        provider,
        sets,
        before: before.clone(),
        differs,
        is_drift,
    };
    changes.map(case).collect()
}

/// What exact words show.
fn cases_of_words() -> Vec<Case> {
    let trust = |who: &str| {
        let statement = json!({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": who}});
        json!({"Version": "2012-10-17", "Statement": [statement]}).to_string()
    };
    let role = json!({
        "name": "r", "path": "/", "arn": "arn:aws:iam::111122223333:role/r", "description": "a",
        "assume_role_policy": trust("arn:aws:iam::111122223333:role/ci"), "managed_policy_arns": [],
    });
    let sets = &["name", "assume_role_policy"];
    let filled_in = json!({"managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess"]});
    let changes = vec![
        (sets.as_slice(), json!({"assume_role_policy": trust("*")}), true),
        (sets, json!({"description": "b"}), false),
        (sets, filled_in, false),
    ];
    cases_of(["aws_iam_role", "hashicorp/aws"], &role, changes)
}

/// What no words show, by a rule and by a line of a table.
fn cases_of_content() -> Vec<Case> {
    let release = json!({"name": "r", "chart": "c", "values": ["a: 1"], "metadata": [], "description": "a"});
    let changes = vec![
        (["name", "chart", "values"].as_slice(), json!({"values": ["a: 2"]}), true),
        (&["name", "chart", "values"], json!({"metadata": [{"name": "r"}]}), false),
        (&["name", "chart", "description"], json!({"description": "b"}), false),
        (&["name", "chart"], json!({"values": ["a: 2"]}), false),
    ];
    let mut cases = cases_of(["helm_release", "hashicorp/helm"], &release, changes);
    let stack = json!({"name": "s", "template_body": "a", "outputs": {}, "id": "s"});
    let changes = vec![
        (["name", "template_body"].as_slice(), json!({"template_body": "b"}), true),
        (&["name", "template_url"], json!({"template_body": "b"}), false),
        (&["name", "template_body"], json!({"outputs": {"a": "b"}}), false),
    ];
    cases.extend(cases_of(["aws_cloudformation_stack", "hashicorp/aws"], &stack, changes));
    let changes = vec![
        (["acl"].as_slice(), json!({"acl": "{\"acls\": []}"}), true),
        (&["acl"], json!({"id": "other"}), false),
    ];
    let acl = json!({"id": "acl", "acl": "{}"});
    cases.extend(cases_of(["tailscale_acl", "tailscale/tailscale"], &acl, changes));
    cases
}

/// Whether the drift of an object is judged as a grant.
fn is_judged(Case { type_name, provider, sets, before, differs, .. }: &Case) -> bool {
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
    for case in cases_of_words().into_iter().chain(cases_of_content()) {
        let Case { type_name, sets, differs, is_drift, .. } = &case;
        assert_eq!(is_judged(&case), *is_drift, "{type_name} that sets {sets:?}: {differs}");
    }
}
