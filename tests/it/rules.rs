//! Every type of a rule has a case and every case holds: `testdata/rules/<provider>/<type>.json`.
//!
//! A case is an object of one type; the test makes a plan of it and compares the grants that come out. A file may
//! hold one case or a list of them. Adding a case needs no Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use countersign::grants::{Change, Grant, Inventory, collect};
use countersign::plan::Plan;
use countersign::report::grants::access_lines;
use countersign::resolve::facts::StatedFacts;
use countersign::resolve::place::PlaceWord;
use countersign::rules::{self, RuleMatch, Rules};
use countersign::words::describe_shown_reason;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    about: String,
    provider: String,
    #[serde(default)]
    r#type: Option<String>,
    #[serde(default)]
    before: Value,
    #[serde(default)]
    after: Value,
    #[serde(default)]
    after_unknown: Value,
    #[serde(default)]
    after_sensitive: Value,
    #[serde(default)]
    actions: Option<Vec<String>>,
    #[serde(default)]
    expressions: Value,
    #[serde(default)]
    facts: StatedFacts,
    #[serde(default)]
    timestamp: Option<String>,
    #[serde(default)]
    grants: Vec<Expected>,
    #[serde(default)]
    limits: Vec<String>,
    #[serde(default)]
    verdict: Option<String>,
}

#[derive(Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(deny_unknown_fields)]
struct Expected {
    kind: String,
    #[serde(default)]
    access: Vec<String>,
    #[serde(default)]
    doubts: Vec<String>,
}

fn cases() -> Vec<(String, String, Case)> {
    let mut cases = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rules");
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let value: Value =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let list = if value.is_array() { value } else { json!([value]) };
        let read: Vec<Case> =
            serde_json::from_value(list).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in read {
            let type_name = case.r#type.clone().unwrap_or_else(|| stem.clone());
            cases.push((path.display().to_string(), type_name, case));
        }
    }
    cases
}

fn inventory(type_name: &str, case: &Case, rules: &Rules) -> Inventory {
    let or_empty = |value: &Value| if value.is_null() { json!({}) } else { value.clone() };
    let actions = case.actions.clone().unwrap_or_else(|| {
        let verb = match (case.before.is_null(), case.after.is_null()) {
            (false, true) => "delete",
            (false, false) => "update",
            _ => "create",
        };
        vec![verb.to_owned()]
    });
    let address = format!("{type_name}.x");
    let plan = json!({
        "format_version": "1.2",
        "timestamp": case.timestamp.clone().unwrap_or_else(|| "2026-11-24T00:00:00Z".to_owned()),
        "resource_changes": [{
            "address": address, "mode": "managed", "type": type_name, "name": "x",
            "provider_name": case.provider,
            "change": {
                "actions": actions, "before": case.before, "after": case.after,
                "after_unknown": or_empty(&case.after_unknown),
                "after_sensitive": or_empty(&case.after_sensitive),
            },
        }],
        "configuration": {"root_module": {"resources": [{
            "address": address, "expressions": or_empty(&case.expressions),
        }]}},
    });
    let text = plan.to_string();
    let plan = Plan::read(&text).unwrap();
    collect(&plan, rules, &case.facts).unwrap()
}

fn said(grant: &Grant) -> Expected {
    Expected {
        kind: grant.kind.word().to_owned(),
        access: access_lines(grant),
        doubts: grant.doubts().map(|doubt| describe_shown_reason(&doubt)).collect(),
    }
}

/// Writes what came out into the case, for a reader to look at: `UPDATE=1 cargo test --test it rules::`.
fn update(file: &str, at: usize, got: &[Expected], limits: &BTreeSet<String>) {
    let mut value: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let case = if value.is_array() { &mut value[at] } else { &mut value };
    let grants: Vec<Value> = got
        .iter()
        .map(|grant| {
            let mut shown = json!({"kind": grant.kind, "access": grant.access});
            if !grant.doubts.is_empty() {
                shown["doubts"] = json!(grant.doubts);
            }
            shown
        })
        .collect();
    case["grants"] = json!(grants);
    if !limits.is_empty() {
        case["limits"] = json!(limits);
    }
    std::fs::write(file, serde_json::to_string_pretty(&value).unwrap() + "\n").unwrap();
}

#[test]
fn every_case_holds() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut wrong = Vec::new();
    let cases = cases();
    for (file, type_name, case) in &cases {
        let inventory = inventory(type_name, case, &rules);
        let (lost, given): (Vec<&Grant>, Vec<&Grant>) = inventory.grants.iter().partition(|grant| {
            grant.change == Change::Loosened
                && grant.terms.actions.iter().any(|a| a.to_string().starts_with("remove:"))
        });
        // Where a limit goes is as well known as where a grant is made: an approval may hold there alone.
        if type_name.starts_with("aws") && case.facts.contains_key("aws.account") {
            let placeless: Vec<_> =
                lost.iter().filter(|grant| grant.origin.place.name(PlaceWord::Account).is_none()).collect();
            assert!(placeless.is_empty(), "{file}: {placeless:?}");
        }
        let mut got: Vec<Expected> =
            given.iter().filter(|grant| grant.change != Change::Untouched).map(|grant| said(grant)).collect();
        got.sort();
        let mut wanted: Vec<&Expected> = case.grants.iter().collect();
        wanted.sort();
        let limits: BTreeSet<String> = lost
            .iter()
            .flat_map(|grant| &grant.terms.actions)
            .map(|a| a.to_string().replace("remove:", ""))
            .collect();
        let limits: BTreeSet<String> =
            limits.iter().map(|l| l.strip_prefix(&format!("{type_name}.")).unwrap_or(l).to_owned()).collect();
        let wanted_limits: BTreeSet<String> = case.limits.iter().cloned().collect();
        if !got.iter().eq(wanted.iter().copied()) || limits != wanted_limits {
            if crate::is_updating() {
                let at = cases
                    .iter()
                    .filter(|(other, ..)| other == file)
                    .position(|(_, _, other)| std::ptr::eq(other, case));
                update(file, at.unwrap(), &got, &limits);
                continue;
            }
            wrong.push(format!(
                "{file}: {}\n  wanted {wanted:#?} limits {wanted_limits:?}\n  got {got:#?} limits {limits:?}",
                case.about
            ));
        }
        if case.verdict.as_deref() == Some("ignored") {
            let found = rules.find(type_name, &case.provider);
            let ignored = match found {
                RuleMatch::Listed(_, listing) => listing.is_none(),
                // A rule may say no more than what the object is called.
                RuleMatch::Rule(pack, rule) => {
                    !rule.gives_or_limits() && pack.types.find(type_name).is_some_and(|one| one.is_none())
                }
                RuleMatch::Foreign(_) | RuleMatch::Unknown(_) | RuleMatch::None => false,
            };
            assert!(ignored, "{file}: {} is not ignored", type_name);
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases do not hold\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn every_type_of_a_rule_has_a_case() {
    let rules = rules::load(Vec::new()).unwrap();
    let mut covered: BTreeMap<String, usize> = BTreeMap::new();
    for (_, type_name, case) in cases() {
        if let RuleMatch::Rule(pack, _) = rules.find(&type_name, &case.provider) {
            let (label, _) = pack.find_type(&type_name).unwrap();
            *covered.entry(label.to_owned()).or_default() += 1;
        }
    }
    let without: Vec<&str> = rules
        .packs()
        .iter()
        .flat_map(|pack| pack.rules_by_type())
        .filter(|(_, rule)| rule.gives_or_limits())
        .map(|(label, _)| label)
        .filter(|label| !covered.contains_key(*label))
        .collect();
    assert!(without.is_empty(), "{} types have no case: {without:?}", without.len());
}
