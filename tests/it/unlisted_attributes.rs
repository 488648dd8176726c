//! Attributes of a newer provider: one that speaks of access blocks, and any other is counted.
//!
//! Every type of every pack with a schema gets attributes that its schema does not have.

use std::collections::BTreeSet;

use countersign::grants::{Assumption, Inventory, collect};
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::suspect::Suspicion;
use countersign::rules::{self, Rules};
use serde_json::{Value, json};

/// Every type of every schema, with its provider.
fn types(rules: &Rules) -> Vec<(String, String)> {
    let packs = rules.packs().iter().filter(|pack| !pack.sources.is_empty());
    let types = packs.flat_map(|pack| {
        let source = &pack.sources[0];
        let has_host = source.matches('/').count() == 2;
        let provider = if has_host { source.clone() } else { format!("registry.terraform.io/{source}") };
        let listed = pack
            .schema
            .types()
            .filter(|name| pack.types.find(name).is_some() || pack.find_type(name).is_some());
        listed.map(move |name| (name.to_owned(), provider.clone()))
    });
    types.collect()
}

/// What comes of a plan with one object a type.
fn inventory(types: &[(String, String)], change: &Value, expressions: &Value, rules: &Rules) -> Inventory {
    let address = |name: &str| format!("{name}.x");
    let changes = types.iter().map(|(name, provider)| {
        json!({
            "address": address(name), "mode": "managed", "type": name, "name": "x",
            "provider_name": provider, "change": change,
        })
    });
    let blocks = types.iter().map(|(name, _)| json!({"address": address(name), "expressions": expressions}));
    let plan = json!({
        "format_version": "1.2",
        "timestamp": "2026-11-24T00:00:00Z",
        "resource_changes": changes.collect::<Vec<_>>(),
        "configuration": {"root_module": {"resources": blocks.collect::<Vec<_>>()}},
    });
    let text = plan.to_string();
    collect(&Plan::read(&text).unwrap(), rules, &StatedFacts::default()).unwrap()
}

fn create(after: &Value, unknown: &Value) -> Value {
    json!({"actions": ["create"], "before": null, "after": after, "after_unknown": unknown})
}

/// The addresses of the objects that block because of this attribute.
fn blocking(inventory: &Inventory, attribute: &str) -> BTreeSet<String> {
    let is_due = |suspicion: &Suspicion| matches!(suspicion, Suspicion::UnlistedAttribute { name } if name == attribute);
    let unread = inventory.unread.iter().filter(|unread| is_due(&unread.suspicion));
    unread.map(|unread| unread.origin.address.to_string()).collect()
}

#[test]
fn a_new_attribute_that_speaks_of_access_blocks_on_every_type() {
    let rules = rules::load(Vec::new()).unwrap();
    let types = types(&rules);
    assert!(types.len() > 200, "{} types", types.len());
    let all: BTreeSet<String> = types.iter().map(|(name, _)| format!("{name}.x")).collect();
    let policy = json!({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}).to_string();
    let none = json!({});
    for (attribute, value) in [("runner_role_zz", json!("admin")), ("zz", json!([{"document": policy}]))] {
        let found = inventory(&types, &create(&json!({attribute: value}), &none), &none, &rules);
        let missed: Vec<_> = all.difference(&blocking(&found, attribute)).cloned().collect();
        assert!(missed.is_empty(), "{attribute}: {} missed: {missed:?}", missed.len());
    }
    // Known only after apply, and set by the configuration or computed by the provider.
    let unknown = create(&none, &json!({"runner_role_zz": true}));
    let set = json!({"runner_role_zz": {"references": ["var.role"]}});
    assert_eq!(blocking(&inventory(&types, &unknown, &set, &rules), "runner_role_zz"), all);
    assert!(blocking(&inventory(&types, &unknown, &none, &rules), "runner_role_zz").is_empty());
}

#[test]
fn any_other_new_attribute_is_counted() {
    let rules = rules::load(Vec::new()).unwrap();
    let types = types(&rules);
    let none = json!({});
    let found = inventory(&types, &create(&json!({"zz_colour": "red"}), &none), &none, &rules);
    assert!(blocking(&found, "zz_colour").is_empty());
    let counted = found.assumptions.iter().filter(|assumption| {
        matches!(assumption, Assumption::HarmlessAttribute { attribute, .. } if attribute == "zz_colour")
    });
    assert_eq!(counted.count(), types.len());
}

#[test]
fn attributes_of_the_schema_are_known() {
    let rules = rules::load(Vec::new()).unwrap();
    let queue = [("aws_sqs_queue".to_owned(), "registry.terraform.io/hashicorp/aws".to_owned())];
    let after =
        json!({"name": "q", "kms_master_key_id": "k", "tags": {"owner": "x"}, "arn": "arn:aws:sqs:::q"});
    let found = inventory(&queue, &create(&after, &json!({})), &json!({}), &rules);
    assert!(found.unread.is_empty() && found.assumptions.is_empty(), "{found:?}");
    let update = json!({"actions": ["update"], "before": {"zz": "1", "name": "q"},
        "after": {"zz": "1", "name": "q2"}, "after_unknown": {}});
    let found = inventory(&queue, &update, &json!({}), &rules);
    assert!(found.assumptions.is_empty(), "what did not change is not of this plan: {found:?}");
}

/// One that speaks of access blocks for its own sake; any other hands over the identities that it spells. Neither is said
/// twice, nor counted among those that give no access.
#[test]
fn a_new_attribute_that_spells_an_identity_is_said_once() {
    let rules = rules::load(Vec::new()).unwrap();
    let kind = ("aws_appsync_datasource".to_owned(), "registry.terraform.io/hashicorp/aws".to_owned());
    let arn = "arn:aws:iam::123456789012:role/x";
    for (after, unread, grants) in [
        (json!({"new_role_arn": arn}), 1, 0),
        (json!({"new_role_arn": [{"deep": arn}]}), 1, 0),
        (json!({"new_settings": [{"access": {"deep": arn}}]}), 0, 1),
        (json!({"new_role_arn": arn, "new_settings": arn}), 1, 1),
        (json!({"new_role_arn": arn, "http_config": [{"endpoint": arn}]}), 1, 1),
    ] {
        let found = inventory(std::slice::from_ref(&kind), &create(&after, &json!({})), &json!({}), &rules);
        assert_eq!((found.unread.len(), found.grants.len()), (unread, grants), "{after}");
        assert!(found.assumptions.is_empty(), "{after}: {:?}", found.assumptions);
    }
}
