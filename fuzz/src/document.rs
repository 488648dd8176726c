//! Two documents of one cloud, compared.

use std::collections::BTreeMap;

use countersign::catalog::Catalog;
use countersign::compare::{CompareInput, compare};
use countersign::json;
use countersign::lower::Dialect;
use countersign::report::compare::{human, json as programs};
use countersign::report::look::Look;
use serde_json::json;

/// The line between two documents of one input. An input without it is compared with itself.
const BETWEEN: &str = "\n--\n";

/// AWS policies.
pub fn check_aws(data: &[u8]) {
    check_texts(Dialect::Aws, data, str::to_owned);
}

/// Manifests of Kubernetes.
pub fn check_kubernetes(data: &[u8]) {
    check_texts(Dialect::Kubernetes, data, str::to_owned);
}

/// Conditions of Google (CEL), each in a binding.
pub fn check_google(data: &[u8]) {
    let binding = |condition: &str| {
        let role = json!({ "role": "roles/x", "members": ["user:a@b.c"], "resource": "//x/y" });
        let mut binding = vec![role];
        binding[0]["condition"] = json!({ "expression": condition });
        json!(binding).to_string()
    };
    check_texts(Dialect::Google, data, binding);
}

/// Conditions of Azure, each in a role definition.
pub fn check_azure(data: &[u8]) {
    let role = |condition: &str| {
        let actions = json!({ "actions": ["*/read"], "dataActions": ["Microsoft.Storage/*"] });
        let mut permission = actions;
        permission["condition"] = json!(condition);
        permission["conditionVersion"] = json!("2.0");
        json!({ "permissions": [permission] }).to_string()
    };
    check_texts(Dialect::Azure, data, role);
}

/// Compares, writes both reports, and expects JSON of the one for programs. No document is wider than itself.
fn check_texts(dialect: Dialect, data: &[u8], wrap: impl Fn(&str) -> String) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (one, other) = text.split_once(BETWEEN).unwrap_or((text, text));
    let (Ok(approved), Ok(planned)) = (json::parse(&wrap(one)), json::parse(&wrap(other))) else { return };
    let (facts, catalog, approved) = (BTreeMap::new(), Catalog::default(), [approved]);
    let answer = compare(&CompareInput {
        dialect,
        approved: &approved,
        planned: &planned,
        facts: &facts,
        catalog: &catalog,
    });
    let mut report = Vec::new();
    human::write(&answer, "fuzz", Look::for_file(), &mut report).expect("a vector takes all");
    report.clear();
    programs::write(&answer, None, &mut report).expect("a vector takes all");
    let report: serde_json::Value = serde_json::from_slice(&report).expect("the report is JSON");
    assert!(one != other || report["result"] != "exceeds", "exceeds itself: {one}\n{report:#}");
}
