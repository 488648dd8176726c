//! Approvals that name objects by reference and places by word: `testdata/references/cases.json` holds objects of a plan, the
//! body of one approval, and whether the plan is allowed. Adding a case needs no Rust.

use std::collections::{BTreeMap, BTreeSet};

use countersign::address::{block, module_names, split_module};
use countersign::catalog::Catalog;
use countersign::grants::visit;
use countersign::judge::{Extent, Judge};
use countersign::manifest::Manifest;
use countersign::plan::{Expressions, Plan};
use countersign::resolve::facts::StatedFacts;
use countersign::resolve::identity::read_references;
use countersign::rules;
use countersign::source::{Palette, Source};
use countersign::sources::{ModuleFiles, Sources};
use serde_json::{Map, Value, json};

/// What stands around the approval of a case.
const MANIFEST: &str = r#"
process_owner = "security"
system "s" { owner = "team" }
authority "s" {
  approvers    = ["lee"]
  systems      = ["s"]
  max_duration = "365d"
}
accounts "prod" { ids = ["111122223333", "444455556666"] }
"#;

/// What stands around the standing approval.
const PLATFORM: &str = r#"
process_owner = "security"
system "platform" { owner = "team" }
authority "platform" {
  approvers    = ["lee"]
  systems      = ["platform"]
  max_duration = "365d"
}
accounts "all" { ids = ["111122223333", "444455556666"] }
"#;

fn manifest(approval: &str) -> Manifest {
    let text = format!(
        "{MANIFEST}approval \"SEC-1\" {{\njustification = \"x\"\nsystem = \"s\"\nrequester = \"ana\"\n\
         approvers = [\"lee\"]\napproved_on = \"2026-11-01\"\nexpires_on = \"2027-01-01\"\n{approval}}}\n"
    );
    read(&text)
}

fn read(text: &str) -> Manifest {
    Manifest::from_sources("a.hcl", &[Source::new("a.hcl", text)])
        .unwrap_or_else(|error| panic!("{}", error.render(Palette::Plain)))
}

fn facts(case: &Value) -> StatedFacts {
    let usual = json!({"aws.account": "111122223333", "aws.account@other": "444455556666", "kubernetes.cluster": "prod"});
    let facts = case.get("facts").cloned().unwrap_or(usual);
    let facts = facts.as_object().unwrap().iter();
    facts.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect()
}

/// The parts of an object's address: its module, the type and the name of its block, and the key of its instance.
fn parts(address: &str) -> (&str, &str, &str, Option<Value>) {
    let (module, inside) = split_module(address).unwrap();
    let (type_name, name) = block(address, module).unwrap().split_once('.').unwrap();
    let key =
        inside.split_once('[').map(|(_, key)| serde_json::from_str(key.strip_suffix(']').unwrap()).unwrap());
    (module, type_name, name, key)
}

fn change(object: &Value) -> Value {
    let address = object["address"].as_str().unwrap();
    let (module, type_name, name, key) = parts(address);
    let verb = object["verb"].as_str().unwrap_or("create");
    let actions = match verb {
        "replace" => json!(["delete", "create"]),
        verb => json!([verb]),
    };
    let unknown: Map<String, Value> = object["unknown"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| (name.as_str().unwrap().to_owned(), json!(true)))
        .collect();
    let exists = verb != "create";
    let stays = !matches!(verb, "delete" | "forget");
    let mut change = json!({
        "actions": actions,
        "before": if exists { object["after"].clone() } else { Value::Null },
        "after": if stays { object["after"].clone() } else { Value::Null },
        "after_unknown": if stays { Value::Object(unknown) } else { json!({}) },
        "before_sensitive": false, "after_sensitive": {},
    });
    if let Some(importing) = object.get("importing") {
        change["importing"] = importing.clone();
    }
    let pack = type_name.split('_').next().unwrap();
    let mut entry = json!({
        "address": address, "mode": "managed", "type": type_name, "name": name,
        "provider_name": format!("registry.terraform.io/hashicorp/{pack}"), "change": change,
    });
    if !module.is_empty() {
        entry["module_address"] = json!(module);
    }
    if let Some(key) = key {
        entry["index"] = key;
    }
    if let Some(previous) = object.get("previous_address") {
        entry["previous_address"] = previous.clone();
    }
    entry
}

/// The configuration that has a block for each object.
fn configuration(objects: &[Value]) -> Value {
    let mut root = json!({});
    let mut seen = BTreeSet::new();
    for object in objects {
        let (module, type_name, name, _) = parts(object["address"].as_str().unwrap());
        if !seen.insert((module_names(module).unwrap(), type_name, name)) {
            continue;
        }
        let mut at = &mut root;
        for name in module_names(module).unwrap() {
            at = &mut at["module_calls"][name]["module"];
        }
        let mut expressions = Map::new();
        for (name, value) in object["after"].as_object().unwrap() {
            if value.is_string() {
                expressions.insert(name.clone(), json!({"constant_value": value}));
            }
        }
        if let Some(references) = object["references"].as_object() {
            let refer = |(name, list): (&String, &Value)| (name.clone(), json!({"references": list}));
            expressions.extend(references.iter().map(refer));
        }
        let pack = type_name.split('_').next().unwrap();
        let provider = object["provider"].as_str().unwrap_or(pack);
        let entry = json!({
            "address": format!("{type_name}.{name}"), "mode": "managed", "type": type_name, "name": name,
            "provider_config_key": provider, "expressions": expressions,
        });
        match at["resources"].as_array_mut() {
            Some(list) => list.push(entry),
            None => at["resources"] = json!([entry]),
        }
    }
    let provider = |name: &str, alias: Option<&str>| json!({"name": name, "full_name": format!("registry.terraform.io/hashicorp/{name}"), "alias": alias});
    json!({
        "provider_config": {
            "aws": provider("aws", None), "aws.other": provider("aws", Some("other")),
            "google": provider("google", None), "random": provider("random", None), "kubernetes": provider("kubernetes", None),
        },
        "root_module": root,
    })
}

fn plan(case: &Value) -> String {
    let objects = case["objects"].as_array().unwrap();
    let changes: Vec<Value> = objects.iter().map(change).collect();
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "errored": false,
        "resource_changes": changes, "configuration": configuration(objects),
    })
    .to_string()
}

/// The sources of a case: the text of each module by its key, `eks` or `eks.nodes`.
fn sources(modules: &Map<String, Value>) -> Sources {
    let module = |(key, text): (&String, &Value)| {
        let files = vec![("main.tf".to_owned(), text.as_str().unwrap().as_bytes().to_vec())];
        ModuleFiles { key: key.clone(), folder: format!("./{key}"), files, ..ModuleFiles::default() }
    };
    Sources::read(&modules.iter().map(module).collect::<Vec<_>>())
}

fn cases(path: &str) -> Vec<Value> {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Judges every case, and demands that it comes out as it is owed.
fn judge(cases: &[Value], manifest: impl Fn(&Value) -> Manifest) {
    let rules = rules::load(Vec::new()).unwrap();
    let catalog = Catalog::default();
    let mut wrong = Vec::new();
    let mut answers: BTreeMap<bool, usize> = BTreeMap::new();
    for case in cases {
        let (text, facts) = (plan(case), facts(case));
        let mut plan = Plan::read(&text).unwrap();
        if case["trusted"].as_bool() == Some(true) {
            plan.attach(Expressions::Trusted);
        }
        if let Some(modules) = case["sources"].as_object() {
            plan.attach(Expressions::Written(sources(modules)));
        }
        let manifest = manifest(case);
        let judge = Judge::new(&manifest, &catalog, "2026-11-24".parse().unwrap(), Extent::Changes);
        let on_plan = judge.on_plan(read_references(&plan, &rules, &facts, &manifest.references()));
        let mut inventory = visit(&plan, &rules, &facts, |grant| on_plan.judge(&grant)).unwrap();
        inventory.grants.extend(on_plan.judge_references());
        let assessment = judge.assess(vec![inventory]);
        *answers.entry(assessment.is_allowed()).or_default() += 1;
        if Some(assessment.is_allowed()) != case["allowed"].as_bool() {
            let found: Vec<_> =
                assessment.findings.iter().map(|one| (&one.address, one.code.name(), &one.message)).collect();
            wrong.push(format!("{}: owed {}\n  {found:#?}", case["about"], case["allowed"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    assert!(answers.values().all(|count| *count > 6), "{answers:?}");
}

#[test]
fn every_case_holds() {
    judge(&cases("testdata/references/cases.json"), |case| manifest(case["approval"].as_str().unwrap()));
}

/// What every stack on AWS needs is one short approval, and nothing that only looks like it is in there.
#[test]
fn the_standing_approval_covers_services_and_nobody_else() {
    let approval = std::fs::read_to_string("testdata/standing/SEC-100.hcl").unwrap();
    assert!(approval.lines().count() <= 21);
    judge(&cases("testdata/standing/cases.json"), |_| read(&format!("{PLATFORM}{approval}")));
}
