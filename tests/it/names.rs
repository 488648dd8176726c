//! What rules say that objects are called, against what they are called after a real apply: `testdata/names/*.json`.
//!
//! Each case is an object as a plan has it, with what is known only after apply, and what the state said of it afterwards.
//! Whatever a rule says of an attribute must hold the state's value, and the words of it are written down to be read
//! (`UPDATE=1`). The cases of AWS were made by Terraform 1.11.4 and hashicorp/aws 5.100.0 against moto 5.2.1; where moto
//! differs from AWS, as in the address of a queue, the attribute is left out.

use std::collections::BTreeMap;
use std::path::Path;

use countersign::plan::Plan;
use countersign::possible::Possible;
use countersign::resolve::facts::{ProviderFacts, StatedFacts};
use countersign::resolve::object::Object;
use countersign::resolve::world::World;
use countersign::rules::{self, RuleMatch, Rules};
use countersign::value::Value;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Case {
    r#type: String,
    after: Json,
    after_unknown: Json,
    /// The arguments that the configuration sets.
    set: Vec<String>,
    /// Each attribute that the rule names: what the state says of it.
    state: BTreeMap<String, Json>,
    /// What the rule says.
    #[serde(default)]
    said: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    provider: String,
    facts: StatedFacts,
    cases: Vec<Case>,
}

fn plan_of(provider: &str, case: &Case) -> String {
    let address = format!("{}.x", case.r#type);
    let set: serde_json::Map<String, Json> = case.set.iter().map(|name| (name.clone(), json!({}))).collect();
    let change = json!({
        "actions": ["create"], "before": null, "after": case.after, "after_unknown": case.after_unknown,
    });
    let plan = json!({
        "format_version": "1.2",
        "resource_changes": [{
            "address": address, "mode": "managed", "type": case.r#type, "name": "x",
            "provider_name": provider, "change": change,
        }],
        "configuration": {"root_module": {"resources": [{"address": address, "expressions": set}]}},
    });
    plan.to_string()
}

/// What a rule says of each attribute that the state has.
fn say<T>(
    provider: &str,
    facts: &StatedFacts,
    case: &Case,
    rules: &Rules,
    read: impl Fn(&str, Possible<'_>) -> T,
) -> Vec<T> {
    let text = plan_of(provider, case);
    let plan = Plan::read(&text).unwrap();
    let world = World::new(&plan, rules, Box::new(ProviderFacts::new(&plan, facts)));
    let change = &plan.changes[0];
    let values = change.after().unwrap().unwrap();
    let RuleMatch::Rule(pack, rule) = rules.find(&change.type_name, &change.provider) else {
        panic!("{} has no rule", case.r#type);
    };
    let object = Object::new(&world, change, &values, pack, rule);
    case.state.keys().map(|name| read(name, object.identity(name))).collect()
}

/// The spellings of an identity. A list of texts is several of them.
fn spellings<'v>(possible: Possible<'v>) -> Vec<Possible<'v>> {
    let is_text = |one: &Possible<'_>| one.as_text().is_some();
    let spelled = |one: Possible<'v>| {
        let elements = one.clone().elements();
        if one.is_list() && elements.iter().all(is_text) { elements } else { vec![one] }
    };
    possible.alternatives().into_iter().flat_map(spelled).collect()
}

#[test]
fn what_a_rule_says_of_a_name_holds_after_an_apply() {
    let rules = rules::load(Vec::new()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/names");
    let (mut wrong, mut found, mut open) = (Vec::new(), 0, 0);
    for entry in walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        let mut cases: Cases = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let facts = cases.facts.clone();
        for case in &mut cases.cases {
            let said = say(&cases.provider, &facts, case, &rules, |name, possible| {
                let spellings = spellings(possible);
                let texts = spellings.iter().cloned().map(|one| one.into_text().to_string()).collect();
                let value = countersign::json::parse(&case.state[name].to_string()).unwrap();
                let is_held = value == Value::Null || spellings.iter().any(|one| one.admits(&value));
                let is_open = spellings.iter().any(Possible::is_anything);
                (name.to_owned(), texts, is_held, is_open)
            });
            let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for (name, texts, is_held, is_open) in said {
                found += 1;
                open += usize::from(is_open);
                if !is_held {
                    wrong.push(format!("{} {name}: {texts:?} is {}", case.r#type, case.state[&name]));
                }
                words.insert(name, texts);
            }
            if crate::is_updating() {
                case.said = words;
            } else if case.said != words {
                wrong.push(format!("{}: {words:#?} was {:#?}", case.r#type, case.said));
            }
        }
        if crate::is_updating() {
            std::fs::write(&path, serde_json::to_string_pretty(&cases).unwrap() + "\n").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
    println!("{found} attributes, of which {open} may be anything");
    assert!(found > 300 && open * 10 < found, "{found} attributes, {open} of them open");
}
