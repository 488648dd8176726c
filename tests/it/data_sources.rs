//! Data sources that an apply reads: those of the tables are known, and any other that speaks of doing something blocks.

use std::collections::BTreeSet;

use countersign::grants::{Assumption, Inventory, collect};
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::suspect::may_act;
use countersign::rules::{self, DataSourceMatch, GrantKind, RulePack, Rules, matches_glob};
use serde_json::{Value, json};

/// The provider of a pack, as a plan names it.
fn provider(pack: &RulePack) -> Option<String> {
    let source = pack.sources.first()?;
    let has_host = source.matches('/').count() == 2;
    Some(if has_host { source.clone() } else { format!("registry.terraform.io/{source}") })
}

/// Every pack that reads a provider.
fn packs(rules: &Rules) -> impl Iterator<Item = (&RulePack, String)> {
    rules.packs().iter().filter_map(|pack| Some((pack, provider(pack)?)))
}

/// What comes of a plan that reads these data sources during the apply.
fn inventory(rules: &Rules, read: &[(String, String)], after: &Value, unknown: &Value) -> Inventory {
    let changes = read.iter().map(|(type_name, provider)| {
        json!({
            "address": format!("data.{type_name}.x"), "mode": "data", "type": type_name, "name": "x",
            "provider_name": provider,
            "change": {"actions": ["read"], "before": null, "after": after, "after_unknown": unknown},
        })
    });
    let plan = json!({
        "format_version": "1.2", "timestamp": "2026-11-24T00:00:00Z",
        "resource_changes": changes.collect::<Vec<_>>(),
    });
    let text = plan.to_string();
    collect(&Plan::read(&text).unwrap(), rules, &StatedFacts::default()).unwrap()
}

/// The addresses of the data sources that need an approval.
fn judged(inventory: &Inventory) -> BTreeSet<String> {
    let opaque = inventory.grants.iter().filter(|grant| grant.kind == GrantKind::Opaque);
    opaque.map(|grant| grant.origin.address.to_string()).collect()
}

fn addresses(read: &[(String, String)]) -> BTreeSet<String> {
    read.iter().map(|(type_name, _)| format!("data.{type_name}.x")).collect()
}

/// The same name for a data source of each provider.
fn unlisted(rules: &Rules, name: &str) -> Vec<(String, String)> {
    packs(rules).map(|(pack, provider)| (format!("{}{name}", pack.prefix), provider)).collect()
}

#[test]
fn what_the_tables_list_passes_unless_it_acts() {
    let rules = rules::load(Vec::new()).unwrap();
    let listed: Vec<(String, String)> = packs(&rules)
        .flat_map(|(pack, provider)| {
            pack.data_sources.names().map(move |name| (name.to_owned(), provider.clone()))
        })
        .collect();
    assert!(listed.len() > 7_000, "{}", listed.len());
    let found = inventory(&rules, &listed, &json!({"command": "x"}), &json!({}));
    assert!(found.unread.is_empty() && found.assumptions.is_empty(), "{:?}", found.assumptions);
    let acts = |name: &str, provider: &str| {
        matches!(rules.find_data_source(name, Some(provider)), DataSourceMatch::Acts(_))
    };
    let acting: Vec<_> = listed.into_iter().filter(|(name, provider)| acts(name, provider)).collect();
    assert_eq!(judged(&found), addresses(&acting));
}

#[test]
fn what_no_table_lists_blocks_where_it_speaks_of_acting() {
    let rules = rules::load(Vec::new()).unwrap();
    let none = json!({});
    for name in ["zz_invocation", "zz_command", "zz_access_token", "run_zz", "zz_execution"] {
        let read = unlisted(&rules, &format!("_{name}"));
        assert!(read.len() > 35, "{}", read.len());
        assert_eq!(judged(&inventory(&rules, &read, &none, &none)), addresses(&read), "{name}");
    }
    let read = unlisted(&rules, "zz_thing");
    for argument in ["command", "program", "request_body", "input"] {
        let known = inventory(&rules, &read, &json!({argument: "x"}), &none);
        assert_eq!(judged(&known), addresses(&read), "{argument}");
        let unknown = inventory(&rules, &read, &none, &json!({argument: true}));
        assert_eq!(judged(&unknown), addresses(&read), "{argument}");
    }
}

#[test]
fn what_no_table_lists_and_what_says_nothing_is_counted() {
    let rules = rules::load(Vec::new()).unwrap();
    let read = unlisted(&rules, "zz_things");
    let found = inventory(&rules, &read, &json!({"name": "x", "command": null}), &json!({"id": true}));
    assert!(judged(&found).is_empty() && found.unread.is_empty());
    let is_counted = |one: &&Assumption| matches!(one, Assumption::HarmlessDataSource { .. });
    assert_eq!(found.assumptions.iter().filter(is_counted).count(), read.len());
}

/// Data sources that act and whose names do not say so: somebody has to look at them.
const UNSPOKEN: [&str; 11] = [
    "external",
    "graphql_query",
    "helm_template",
    "http",
    "kubectl_kustomize_documents",
    "kustomization_build",
    "restapi_object",
    "vault_aws_static_zz",
    "vault_generic_secret",
    "vault_kv_secret",
    "vault_transit_cmac",
];

/// The words would have found most of the data sources that are known to act.
#[test]
fn the_words_know_what_is_known_to_act() {
    let rules = rules::load(Vec::new()).unwrap();
    let acts = rules.packs().iter().flat_map(|pack| &pack.acts);
    let (found, missed): (BTreeSet<String>, BTreeSet<String>) =
        acts.map(|act| act.type_name.replace('*', "zz")).partition(|name| may_act(&rules, name, &[]));
    assert!(found.len() > 20, "{found:?}");
    assert_eq!(missed.iter().map(String::as_str).collect::<Vec<_>>(), UNSPOKEN);
    assert!(may_act(&rules, "zz", &["program"]) && may_act(&rules, "zz", &["request_headers"]));
}

#[test]
fn names_of_a_table_are_those_of_its_provider() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut foreign = Vec::new();
    for (pack, _) in packs(&rules) {
        let is_own = |name: &&str| !matches_glob(&format!("{}*", pack.prefix), name);
        foreign.extend(pack.data_sources.names().filter(is_own).map(|name| format!("{}: {name}", pack.name)));
    }
    assert!(foreign.is_empty(), "{foreign:?}");
}
