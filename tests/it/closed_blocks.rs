//! What a plan leaves open, and what it deletes: of every type that may hand over an identity or run something.

use std::collections::BTreeSet;

use countersign::grants::{Inventory, collect};
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, GrantKind, Rules, TypeClass};
use serde_json::{Value, json};

/// An object: its type, its provider, its change and the expressions of its block.
struct Case {
    type_name: String,
    provider: String,
    change: Value,
    expressions: Value,
}

fn inventory(cases: &[Case], rules: &Rules) -> Inventory {
    let address = |case: &Case| format!("{}.x", case.type_name);
    let changes = cases.iter().map(|case| {
        json!({
            "address": address(case), "mode": "managed", "type": case.type_name, "name": "x",
            "provider_name": case.provider, "change": case.change,
        })
    });
    let blocks = cases.iter().map(|case| json!({"address": address(case), "expressions": case.expressions}));
    let plan = json!({
        "format_version": "1.2",
        "timestamp": "2026-11-24T00:00:00Z",
        "resource_changes": changes.collect::<Vec<_>>(),
        "configuration": {"root_module": {"resources": blocks.collect::<Vec<_>>()}},
    });
    let text = plan.to_string();
    collect(&Plan::read(&text).unwrap(), rules, &StatedFacts::default()).unwrap()
}

/// Every type of AWS that hands over nothing by itself and has a block with an argument for a role.
fn types_with_role_blocks(rules: &Rules) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    for pack in rules.packs().iter().filter(|pack| pack.name == "aws") {
        let provider = format!("registry.terraform.io/{}", pack.sources[0]);
        for type_name in pack.schema.types() {
            let attributes = pack.schema.find(type_name).unwrap();
            for (block, attribute) in attributes.iter() {
                let role = attribute.nested.get("role_arn");
                if !attribute.is_computed && role.is_some_and(|role| !role.is_computed) {
                    found.push((type_name.to_owned(), provider.clone(), block.to_owned()));
                }
            }
        }
    }
    found
}

/// Plan JSON says of the block no more than that it is known only after apply, or that its members are.
#[test]
fn a_written_block_whose_members_are_unknown_is_not_absent() {
    let rules = rules::load(Vec::new()).unwrap();
    let types = types_with_role_blocks(&rules);
    assert!(types.len() > 40, "{} types", types.len());
    let mut missed = BTreeSet::new();
    for (after, unknown) in [
        (Value::Null, json!(true)),
        (json!([null]), json!([true])),
        (json!([{}]), json!([{"role_arn": true}])),
    ] {
        for (type_name, provider, block) in &types {
            let after = if after.is_null() { json!({}) } else { json!({block: after}) };
            let case = Case {
                type_name: type_name.clone(),
                provider: provider.clone(),
                change: json!({"actions": ["create"], "before": null, "after": after, "after_unknown": {block: unknown}}),
                expressions: json!({block: [{"role_arn": {"references": ["var.role"]}}]}),
            };
            let found = inventory(&[case], &rules);
            if found.grants.is_empty() && found.unread.is_empty() {
                missed.insert(format!("{type_name}.{block} as {unknown}"));
            }
        }
    }
    assert!(missed.is_empty(), "{} missed: {missed:#?}", missed.len());
}

#[test]
fn the_deletion_of_what_is_judged_by_its_name_is_judged() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut cases = Vec::new();
    for pack in rules.packs().iter().filter(|pack| !pack.sources.is_empty()) {
        let provider = format!("registry.terraform.io/{}", pack.sources[0]);
        for (type_name, rule) in pack.rules_by_type() {
            let is_whole = rule.grants.iter().any(|grant| {
                grant.kind == GrantKind::Opaque && grant.when.is_none() && grant.for_each.is_none()
            });
            let is_executor =
                pack.types.find(type_name).is_some_and(|listing| listing.has(TypeClass::Executor));
            if is_whole && is_executor {
                cases.push(Case {
                    type_name: type_name.to_owned(),
                    provider: provider.clone(),
                    change: json!({"actions": ["delete"], "before": {"id": "1"}, "after": null, "after_unknown": {}}),
                    expressions: json!({}),
                });
            }
        }
    }
    assert!(cases.len() > 5, "{} types", cases.len());
    let found = inventory(&cases, &rules);
    let judged: BTreeSet<&str> = found.grants.iter().map(|grant| &*grant.origin.address).collect();
    let missed: Vec<_> = cases
        .iter()
        .map(|case| &case.type_name)
        .filter(|name| !judged.contains(&*format!("{name}.x")))
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
    assert!(found.grants.iter().all(|grant| grant.terms.actions[0].to_string().starts_with("apply:")));
}
