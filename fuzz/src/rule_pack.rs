//! A user's rule pack.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use countersign::grants;
use countersign::plan::Plan;
use countersign::rules;
use countersign::source::{Palette, check as check_source, render};

static PLAN: LazyLock<String> = LazyLock::new(|| {
    std::fs::read_to_string("testdata/demo/plan.json")
        .expect("the working directory is the repository, whose demonstration has a plan")
});

/// Loads a rule pack beside those that are built in; a valid one is applied to a plan.
pub fn check(data: &[u8]) {
    let Ok(source) = check_source("fuzz/pack.hcl", data) else { return };
    match rules::load(vec![source]) {
        Err(problems) => assert!(!render(&problems, Palette::Plain).is_empty(), "a refusal says nothing"),
        Ok(rules) => {
            let plan = Plan::read(&PLAN).expect("the demonstration's plan is one");
            // Rules may ask of a plan what it does not hold; only a panic is a fault.
            let _ = grants::collect(&plan, &rules, &BTreeMap::new());
        }
    }
}
