//! Whom approvals empower, against the kinds that a plan shows. `testdata/subjects/cases.json` says of each case which codes
//! it raises. Adding one needs no Rust.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use countersign::catalog::Catalog;
use countersign::grants::{PlanSubjects, visit};
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::Manifest;
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules::{self, Rules};
use countersign::source::{Palette, Source};
use serde_json::{Value, json};

/// The plan that makes these objects; one with `change` has those actions.
pub(crate) fn make_plan(objects: &[Value]) -> String {
    let (mut changes, mut blocks, mut providers) = (Vec::new(), Vec::new(), serde_json::Map::new());
    for (at, object) in objects.iter().enumerate() {
        let type_name = object["type"].as_str().unwrap();
        let name = object["name"].as_str().map_or(format!("x{at}"), str::to_owned);
        let pack = type_name.split('_').next().unwrap();
        let owner = match pack {
            "github" => "integrations",
            _ => "hashicorp",
        };
        let source = format!("registry.terraform.io/{owner}/{pack}");
        let address = format!("{type_name}.{name}");
        let actions = object.get("actions").cloned().unwrap_or_else(|| json!(["create"]));
        let is_new = actions == json!(["create"]);
        let after = &object["after"];
        changes.push(json!({
            "address": address, "mode": "managed", "type": type_name, "name": name, "provider_name": source,
            "change": {
                "actions": actions, "before": if is_new { &Value::Null } else { after }, "after": after,
                "after_unknown": object["after_unknown"], "before_sensitive": false, "after_sensitive": {},
            },
        }));
        blocks.push(json!({
            "address": address, "mode": "managed", "type": type_name, "name": name,
            "provider_config_key": pack, "expressions": object["expressions"],
        }));
        providers.insert(pack.to_owned(), json!({"name": pack, "full_name": source}));
    }
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "errored": false,
        "timestamp": "2026-11-23T09:00:00Z",
        "resource_changes": changes,
        "configuration": {"provider_config": providers, "root_module": {"resources": blocks}},
    })
    .to_string()
}

/// The manifest around some approvals; each is the text within its block.
fn make_manifest(case: &Value, default: &str) -> String {
    let head = case["manifest"].as_str().unwrap_or(default);
    let mut text = format!("process_owner = \"security\"\n{head}\n");
    for (at, approval) in case["approvals"].as_array().unwrap().iter().enumerate() {
        let system = approval["system"].as_str().unwrap_or("payments");
        let lines: Vec<&str> =
            approval["holds"].as_array().unwrap().iter().map(|line| line.as_str().unwrap()).collect();
        text.push_str(&format!(
            "approval \"A-{}\" {{\njustification = \"x\"\nsystem = \"{system}\"\nrequester = \"ana\"\n\
             approvers = [\"lee\"]\napproved_on = \"2026-11-01\"\nexpires_on = \"2027-01-01\"\n{}\n}}\n",
            at + 1,
            lines.join("\n")
        ));
    }
    text
}

/// What a case raises: codes, each once, and the sentences for people where something is wrong.
pub(crate) fn judge_case(case: &Value, default: &str) -> (BTreeSet<&'static str>, Vec<String>) {
    static RULES: LazyLock<Rules> = LazyLock::new(|| rules::load(Vec::new()).unwrap());
    let text = make_manifest(case, default);
    let manifest = Manifest::from_sources("a.hcl", &[Source::new("a.hcl", &text)])
        .unwrap_or_else(|error| panic!("{}: {}", case["about"], error.render(Palette::Plain)));
    let facts = StatedFacts::from([
        ("aws.account".to_owned(), "111122223333".to_owned()),
        ("aws.region".to_owned(), "eu-west-1".to_owned()),
        ("google.project".to_owned(), "acme".to_owned()),
        ("github.owner".to_owned(), "acme".to_owned()),
    ]);
    let text = make_plan(case["plan"].as_array().unwrap());
    let plan = Plan::read(&text).unwrap();
    let catalog = Catalog::default();
    let judge = Judge::new(&manifest, &catalog, "2026-11-24".parse().unwrap(), Extent::Changes);
    let mut on_plan = judge.on_plan(ReferenceMeanings::new());
    if judge.needs_subjects() {
        on_plan = on_plan.with_subjects(PlanSubjects::find(&plan, &RULES, &facts).unwrap());
    }
    let inventory = visit(&plan, &RULES, &facts, |grant| on_plan.judge(&grant)).unwrap();
    let assessment = judge.assess(vec![inventory]);
    // That the sources are not there is not what these cases are about.
    let findings: Vec<_> =
        assessment.findings.iter().filter(|finding| finding.code.name() != "SOURCES_UNSEEN").collect();
    let is_allowed = findings.is_empty() && assessment.grants.iter().all(|grant| grant.verdict.passes());
    assert_eq!(findings.is_empty(), is_allowed, "{}", case["about"]);
    let codes = findings.iter().map(|finding| finding.code.name()).collect();
    (codes, findings.iter().map(|finding| format!("{:?} {:?}", finding.message, finding.owner)).collect())
}

pub(crate) const PAYMENTS: &str = "system \"payments\" { owner = \"team-payments\" }\nsystem \"ledger\" { owner = \"team-ledger\" }\n\
                        authority \"all\" {\napprovers = [\"lee\"]\nsystems = [\"payments\", \"ledger\"]\n\
                        max_duration = \"90d\"\n}";

#[test]
fn every_case_raises_what_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/subjects/cases.json");
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let (codes, words) = judge_case(case, PAYMENTS);
        let owed: BTreeSet<&str> =
            case["codes"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        if codes != owed {
            wrong.push(format!(
                "{}: owed {owed:?}, found {codes:?}\n  {}",
                case["about"],
                words.join("\n  ")
            ));
        }
    }
    assert!(cases.len() >= 40, "{} cases", cases.len());
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// What a case says besides its plan and its answer is read by nobody.
#[test]
fn every_case_has_the_words_of_a_case() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/subjects/cases.json");
    let cases: Vec<BTreeMap<String, Value>> =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    for case in cases {
        let known = ["about", "approvals", "codes", "manifest", "plan"];
        assert!(case.keys().all(|key| known.contains(&key.as_str())), "{:?}", case["about"]);
    }
}
