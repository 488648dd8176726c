//! Identities by value: one that any object holds, wherever no rule reads, is a grant.
//!
//! Every type of every rule, and types that no rule reads, get an identity of each cloud in an attribute that no schema
//! has, in every form in which configurations write one. Whoever adds a cloud adds its spelling to [`SPELLINGS`].

use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use countersign::grants::{Grant, collect};
use countersign::lower::Text;
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, GrantKind, Rule, RuleMatch, Rules};
use serde_json::{Value, json};

/// An identity, and the resource of the grant that hands it over.
const SPELLINGS: [(&str, &str); 4] = [
    ("arn:aws:iam::111122223333:role/ops/deploy+er", "arn:aws:iam::111122223333:role/ops/deploy+er"),
    (
        "arn:aws-cn:iam::111122223333:instance-profile/web",
        "arn:aws-cn:iam::111122223333:instance-profile/web",
    ),
    (
        "deploy@acme-prod.iam.gserviceaccount.com",
        "//iam.googleapis.com/projects/-/serviceAccounts/deploy@acme-prod.iam.gserviceaccount.com",
    ),
    (
        "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deploy",
        "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/deploy",
    ),
];

/// Types that no rule reads, of providers with and without a pack.
const UNREAD_TYPES: [(&str, &str); 3] = [
    ("aws_vpc", "registry.terraform.io/hashicorp/aws"),
    ("google_compute_network", "registry.terraform.io/hashicorp/google"),
    ("acme_thing", "registry.terraform.io/acme/acme"),
];

/// The forms in which a configuration writes an identity.
fn forms(identity: &str) -> [Value; 8] {
    let json_text = json!({"deep": [{"runAs": identity}]}).to_string();
    let yaml = format!("kind: Job\nspec:\n  as: \"{identity}\"\n");
    let script = format!("#!/bin/sh\nexport ROLE={identity}\ncurl https://example.com\n");
    [
        json!(identity),
        json!([identity]),
        json!([{"inner": [{"names": [identity]}]}]),
        json!({identity: "a key"}),
        json!(json_text),
        json!(yaml),
        json!(script),
        json!(BASE64_STANDARD.encode(script)),
    ]
}

/// The addresses of the objects of a plan that hand over an identity: one object a type, all with the same attributes.
fn handing_over(
    types: &[(String, String)],
    before: &Value,
    after: &Value,
    resource: &str,
    rules: &Rules,
) -> BTreeSet<String> {
    let actions = if before.is_null() { ["create"] } else { ["update"] };
    let changes = types.iter().map(|(type_name, provider)| {
        json!({
            "address": format!("{type_name}.x"), "mode": "managed", "type": type_name, "name": "x",
            "provider_name": provider,
            "change": {"actions": actions, "before": before, "after": after, "after_unknown": {}},
        })
    });
    let blocks =
        types.iter().map(|(type_name, _)| json!({"address": format!("{type_name}.x"), "expressions": {}}));
    let plan = json!({
        "format_version": "1.2",
        "timestamp": "2026-11-24T00:00:00Z",
        "resource_changes": changes.collect::<Vec<_>>(),
        "configuration": {"root_module": {"resources": blocks.collect::<Vec<_>>()}},
    });
    let text = plan.to_string();
    let inventory = collect(&Plan::read(&text).unwrap(), rules, &StatedFacts::default()).unwrap();
    let hands_over =
        |grant: &&Grant| grant.terms.resources.iter().map(Text::to_string).any(|text| text == resource);
    inventory.grants.iter().filter(hands_over).map(|grant| grant.origin.address.to_string()).collect()
}

/// Every type of a rule that is not judged as a whole, with a provider that its pack reads.
fn types(rules: &Rules) -> Vec<(String, String)> {
    let is_whole = |rule: &Rule| {
        rule.grants.iter().any(|grant| grant.kind == GrantKind::Opaque && grant.when.is_none())
            || rule.grants.iter().any(reads_all)
    };
    let mut types: Vec<(String, String)> =
        UNREAD_TYPES.map(|(name, provider)| (name.to_owned(), provider.to_owned())).to_vec();
    for pack in rules.packs().iter().filter(|pack| !pack.sources.is_empty()) {
        let provider = format!("registry.terraform.io/{}", pack.sources[0]);
        for (name, rule) in pack.rules_by_type() {
            if !is_whole(rule) && matches!(rules.find(name, &provider), RuleMatch::Rule(..)) {
                types.push((name.replace('*', "x"), provider.clone()));
            }
        }
    }
    types
}

/// Whether a grant has all attributes in its words, as `except()` gives them.
fn reads_all(grant: &countersign::rules::GrantRule) -> bool {
    let mut read = rule_language::reads::ReadAttributes::default();
    read.add_grant(grant);
    read.holds::<&str>(&[])
}

#[test]
fn an_identity_in_any_form_is_handed_over() {
    let rules = rules::load(Vec::new()).unwrap();
    let types = types(&rules);
    assert!(types.len() > 200, "{} types", types.len());
    let all: BTreeSet<String> = types.iter().map(|(type_name, _)| format!("{type_name}.x")).collect();
    for (identity, resource) in SPELLINGS {
        for form in forms(identity) {
            let after = json!({"unheard_of": form});
            let found = handing_over(&types, &Value::Null, &after, resource, &rules);
            let missed: Vec<_> = all.difference(&found).collect();
            assert!(missed.is_empty(), "{after}: {missed:#?}");
        }
    }
}

#[test]
fn what_was_spelled_there_before_is_not_handed_over_again() {
    let rules = rules::load(Vec::new()).unwrap();
    let (identity, resource) = SPELLINGS[0];
    let types = [("aws_vpc".to_owned(), "registry.terraform.io/hashicorp/aws".to_owned())];
    let update =
        |before: Value, after: Value| !handing_over(&types, &before, &after, resource, &rules).is_empty();
    assert!(!update(json!({"a": identity, "b": "1"}), json!({"a": identity, "b": "2"})));
    assert!(!update(json!({"a": ["x", identity]}), json!({"a": [identity, "y"]})));
    assert!(update(json!({"a": identity}), json!({"b": identity})), "another attribute takes it");
    assert!(update(json!({"a": "none"}), json!({"a": identity})));
    assert!(!update(json!({"tags": {}}), json!({"tags": {"role": identity}})), "a tag hands over nothing");
}
