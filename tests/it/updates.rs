//! Every attribute counts: an update passes as unchanged only where the words of its grants show that it adds nothing, or where
//! what changes is listed as harmless.
//!
//! For each type of a rule, the first case of `testdata/rules` that gives something is updated in one attribute of the
//! provider's schema at a time.

use std::collections::BTreeSet;
use std::path::Path;

use countersign::catalog::Catalog;
use countersign::finding::Verdict;
use countersign::grants::{Grant, visit};
use countersign::judge::{Extent, Judge, ReferenceMeanings, Ruling};
use countersign::manifest::Manifest;
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, RuleMatch, RulePack, Rules};
use countersign::source::Source;
use rule_language::ReadAttributes;
use rule_language::schema::{Attributes, SchemaAnswer};
use serde_json::{Value, json};

/// Changes within one block that are tried: more would take minutes, for types whose blocks describe a whole dashboard.
const MAX_NESTED: usize = 6;

/// A case of a type: an object that gives something.
struct Object {
    type_name: String,
    provider: String,
    after: Value,
    expressions: Value,
    facts: StatedFacts,
}

/// The first case of each type that gives something and is wholly known.
fn objects(rules: &Rules) -> Vec<Object> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/rules");
    let mut objects: Vec<Object> = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let read: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let cases = if let Value::Array(cases) = read { cases } else { vec![read] };
        let stem = path.file_stem().unwrap().to_str().unwrap();
        for case in cases {
            let type_name = case["type"].as_str().unwrap_or(stem).to_owned();
            let gives = case["grants"].as_array().is_some_and(|grants| !grants.is_empty());
            let is_known = case["after_unknown"].as_object().is_none_or(|marks| marks.is_empty());
            let is_first = objects.iter().all(|object| object.type_name != type_name);
            if !gives || !is_known || !is_first || !case["after"].is_object() {
                continue;
            }
            let provider = case["provider"].as_str().unwrap().to_owned();
            if matches!(rules.find(&type_name, &provider), RuleMatch::Rule(_, rule) if rule.gives_or_limits())
            {
                let facts = serde_json::from_value(case["facts"].clone()).unwrap_or_default();
                let (after, expressions) = (case["after"].clone(), case["expressions"].clone());
                objects.push(Object { type_name, provider, after, expressions, facts });
            }
        }
    }
    objects
}

impl Object {
    fn plan(&self, before: &Value, after: &Value) -> String {
        let verb = if before.is_null() { "create" } else { "update" };
        self.plan_of(&json!([verb]), before, after, &json!({}))
    }

    fn plan_of(&self, actions: &Value, before: &Value, after: &Value, unknown: &Value) -> String {
        let address = format!("{}.x", self.type_name);
        let expressions = if self.expressions.is_null() { json!({}) } else { self.expressions.clone() };
        json!({
            "format_version": "1.2",
            "timestamp": "2026-11-24T00:00:00Z",
            "resource_changes": [{
                "address": address, "mode": "managed", "type": self.type_name, "name": "x",
                "provider_name": self.provider,
                "change": {
                    "actions": actions, "before": before, "after": after, "after_unknown": unknown,
                    "after_sensitive": {},
                },
            }],
            "configuration": {"root_module": {"resources": [{"address": address, "expressions": expressions}]}},
        })
        .to_string()
    }

    /// Whether an update passes though nobody has approved anything, and the words of what it gives.
    fn judge(&self, world: &World<'_>, before: &Value, after: &Value) -> (bool, BTreeSet<String>) {
        let text = self.plan(before, after);
        let plan = Plan::read(&text).unwrap();
        let judge = |grant: Grant| {
            let passes = passes(world.judge.on_plan(ReferenceMeanings::new()).judge(&grant));
            // What hands over an identity is compared attribute by attribute, whatever else changes.
            let is_of_rule = grant.origin.rule.as_ref().is_some_and(|place| place.line == world.line(self));
            (passes, is_of_rule.then(|| format!("{:?}", grant.terms)))
        };
        let judged = visit(&plan, world.rules, &self.facts, judge).unwrap();
        let passes = judged.grants.iter().all(|(passes, _)| *passes) && judged.unread.is_empty();
        (passes, judged.grants.into_iter().filter_map(|(_, words)| words).collect())
    }
}

struct World<'w> {
    rules: &'w Rules,
    judge: Judge<'w>,
}

impl World<'_> {
    /// Where the rule of an object's type stands.
    fn line(&self, object: &Object) -> usize {
        match self.rules.find(&object.type_name, &object.provider) {
            RuleMatch::Rule(_, rule) => rule.line,
            _ => 0,
        }
    }
}

/// The object with one attribute changed, in each way that its value may be changed, with the path of the attribute.
fn changed(value: &Value, schema: &Attributes<'_>) -> Vec<(Vec<String>, Value)> {
    let mut all = Vec::new();
    for (name, attribute) in schema.iter() {
        let old = &value[name];
        let mut put = |path: Vec<String>, new: Value| {
            let mut object = value.clone();
            object[name] = new;
            all.push(([vec![name.to_owned()], path].concat(), object));
        };
        match old {
            _ if !attribute.nested.is_empty() => {
                let (items, is_list) = match old {
                    Value::Array(items) => (items.clone(), true),
                    Value::Object(_) => (vec![old.clone()], false),
                    _ => (Vec::new(), true),
                };
                let first = items.first().cloned().unwrap_or_else(|| json!({}));
                for (path, item) in changed(&first, &attribute.nested).into_iter().take(MAX_NESTED) {
                    let mut longer = items.clone();
                    longer.truncate(0);
                    longer.push(item);
                    longer.extend(items.iter().skip(1).cloned());
                    put(path, if is_list { Value::Array(longer) } else { longer.remove(0) });
                }
            }
            Value::Null => {
                put(Vec::new(), json!("invented"));
                put(Vec::new(), json!(true));
            }
            Value::Bool(truth) => put(Vec::new(), json!(!truth)),
            Value::Number(number) => put(Vec::new(), json!(number.as_i64().unwrap_or_default() + 1)),
            Value::String(text) => put(Vec::new(), json!(format!("{text}-invented"))),
            Value::Array(items) => {
                let mut longer = items.clone();
                longer.push(json!("invented"));
                put(Vec::new(), Value::Array(longer));
            }
            Value::Object(members) => {
                let mut larger = members.clone();
                larger.insert("invented".to_owned(), json!("invented"));
                put(Vec::new(), Value::Object(larger));
            }
        }
    }
    all
}

fn is_harmless(pack: &RulePack, type_name: &str, path: &[String]) -> bool {
    let of_type = pack.find_type(type_name).map(|(_, rule)| &rule.harmless);
    let mut listed = pack.harmless.iter().chain(of_type.into_iter().flatten());
    listed.any(|listed| {
        listed.split('.').enumerate().all(|(at, name)| path.get(at).is_some_and(|own| own == name))
    })
}

#[test]
fn no_attribute_changes_unseen() {
    let rules = rules::load(Vec::new()).unwrap();
    let manifest =
        Manifest::from_sources("approvals", &[Source::new("a.hcl", "process_owner = \"a\"\n")]).unwrap();
    let catalog = Catalog::default();
    let judge = Judge::new(&manifest, &catalog, "2026-11-24".parse().unwrap(), Extent::Changes);
    let world = World { rules: &rules, judge };
    let (mut unseen, mut updates) = (Vec::new(), 0);
    for object in objects(&rules) {
        let RuleMatch::Rule(pack, rule) = rules.find(&object.type_name, &object.provider) else { continue };
        let mut limits = ReadAttributes::default();
        rule.limits.iter().for_each(|limit| limits.add_limit(limit));
        let Some(schema) = pack.schema.find(&object.type_name) else { continue };
        for (path, after) in changed(&object.after, &schema) {
            // A limit that is set or becomes narrower is no loss.
            let is_limit = limits.holds(&path);
            if is_limit
                || schema.find(&path) == SchemaAnswer::Computed
                || is_harmless(pack, &object.type_name, &path)
            {
                continue;
            }
            updates += 1;
            let (passes, _) = object.judge(&world, &object.after, &after);
            if !passes {
                continue;
            }
            // What the words show may still add nothing: a further condition, or no grant at all.
            let (_, before) = object.judge(&world, &Value::Null, &object.after);
            let (_, now) = object.judge(&world, &Value::Null, &after);
            if before == now && !now.is_empty() {
                unseen.push(format!("{}.{}", object.type_name, path.join(".")));
            }
        }
    }
    println!("{updates} updates");
    unseen.dedup();
    assert!(updates > 3_000, "the schemas were not found: {updates} updates");
    assert!(unseen.is_empty(), "{} change unseen: {unseen:#?}", unseen.len());
}

/// `testdata/updates/cases.json` says of updates of frequent types whether they pass though nobody has approved anything.
#[test]
fn ordinary_updates_pass_and_others_do_not() {
    let rules = rules::load(Vec::new()).unwrap();
    let manifest =
        Manifest::from_sources("approvals", &[Source::new("a.hcl", "process_owner = \"a\"\n")]).unwrap();
    let catalog = Catalog::default();
    let judge = Judge::new(&manifest, &catalog, "2026-11-24".parse().unwrap(), Extent::Changes);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/updates/cases.json");
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let before = case["before"].clone();
        let mut after = before.clone();
        for (name, value) in case["changes"].as_object().unwrap() {
            after[name] = value.clone();
        }
        let unknown = if case["after_unknown"].is_null() { json!({}) } else { case["after_unknown"].clone() };
        let computed = |name: &String| ["arn", "id", "tags_all"].contains(&name.as_str());
        let written = before.as_object().unwrap().keys().filter(|name| !computed(name));
        let mut expressions: serde_json::Map<String, Value> =
            written.map(|name| (name.clone(), json!({}))).collect();
        for name in unknown.as_object().unwrap().keys() {
            after.as_object_mut().unwrap().remove(name);
            expressions.remove(name);
        }
        let object = Object {
            type_name: case["type"].as_str().unwrap().to_owned(),
            provider: case["provider"].as_str().unwrap().to_owned(),
            after: Value::Null,
            expressions: Value::Object(expressions),
            facts: serde_json::from_value(case["facts"].clone()).unwrap(),
        };
        let actions = if case["actions"].is_null() { json!(["update"]) } else { case["actions"].clone() };
        let text = object.plan_of(&actions, &before, &after, &unknown);
        let plan = Plan::read(&text).unwrap();
        let judged = visit(&plan, &rules, &object.facts, |grant| {
            passes(judge.on_plan(ReferenceMeanings::new()).judge(&grant))
        })
        .unwrap();
        let does_pass = judged.grants.iter().all(|passes| *passes) && judged.unread.is_empty();
        if Value::Bool(does_pass) != case["passes"] {
            wrong.push(format!("{}: {}", object.type_name, case["about"]));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether nothing of a grant has to be approved.
fn passes(ruling: Ruling) -> bool {
    match ruling {
        Ruling::Untouched | Ruling::NoGrant => true,
        Ruling::Noted(_) | Ruling::Remaining(_) => false,
        Ruling::Judged(judged, ..) => judged.verdict == Verdict::Unchanged,
    }
}
