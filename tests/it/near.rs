//! Near misses: objects that look like what was approved. `testdata/near/cases.json` says of each whether it is allowed.
//! Adding one needs no Rust.

use std::collections::BTreeMap;
use std::path::Path;

use countersign::catalog::Catalog;
use countersign::grants::visit;
use countersign::judge::{Extent, Judge, ReferenceMeanings};
use countersign::manifest::Manifest;
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use serde_json::{Value, json};

fn plan(case: &Value) -> String {
    let type_name = case["type"].as_str().unwrap();
    let pack = type_name.split('_').next().unwrap();
    let source = format!("registry.terraform.io/hashicorp/{pack}");
    let provider = case["provider"].as_str().unwrap_or(&source);
    let address = format!("{type_name}.x");
    let given = case.get("provider_config").cloned();
    let providers = given.unwrap_or_else(|| json!({pack: {"name": pack, "full_name": provider}}));
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "errored": false,
        "resource_changes": [{
            "address": address, "mode": "managed", "type": type_name, "name": "x", "provider_name": provider,
            "change": {
                "actions": ["create"], "before": null, "after": case["after"],
                "after_unknown": case["after_unknown"], "before_sensitive": false, "after_sensitive": {},
            },
        }],
        "configuration": {
            "provider_config": providers,
            "root_module": {"resources": [{
                "address": address, "mode": "managed", "type": type_name, "name": "x",
                "provider_config_key": pack, "expressions": case["expressions"],
            }]},
        },
    })
    .to_string()
}

#[test]
fn every_case_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/near");
    let manifest = Manifest::read(&folder.join("approvals"), &BTreeMap::new()).unwrap();
    let facts: StatedFacts =
        manifest.facts.iter().map(|(name, fact)| (name.clone(), fact.value.clone())).collect();
    let rules = rules::load(Vec::new()).unwrap();
    let catalog = Catalog::default();
    let text = std::fs::read_to_string(folder.join("cases.json")).unwrap();
    let cases: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for case in &cases {
        let text = plan(case);
        let plan = Plan::read(&text).unwrap();
        let judge = Judge::new(&manifest, &catalog, "2026-11-24".parse().unwrap(), Extent::Changes);
        let inventory =
            visit(&plan, &rules, &facts, |grant| judge.on_plan(ReferenceMeanings::new()).judge(&grant))
                .unwrap();
        let assessment = judge.assess(vec![inventory]);
        if Some(assessment.is_allowed()) != case["allowed"].as_bool() {
            let messages: Vec<_> = assessment.findings.iter().map(|finding| &finding.message).collect();
            wrong.push(format!("{}: owed {}\n  {messages:?}", case["about"], case["allowed"]));
        }
    }
    assert!(cases.len() > 200, "{} cases", cases.len());
    assert!(wrong.is_empty(), "{} of {} cases\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
