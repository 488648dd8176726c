//! A plan is judged by its own sources only.
//!
//! The pairs of `testdata/sources` agree. Whatever is changed in the configuration of one of the two, a block, a constant
//! or a reference, they do not agree any more; and the plan file of another plan is refused.

use std::path::{Path, PathBuf};
use std::process::Command;

use countersign::commands::plan_file::unpack;
use countersign::plan::Plan;
use countersign::plan::agreement::find_disagreement;
use countersign::sources::Sources;
use serde_json::{Value, json};

fn pairs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/sources");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.join("tfplan").exists());
    folders.sort();
    folders
}

fn disagrees(configuration: &Value, sources: &Sources) -> bool {
    let plan =
        json!({"format_version": "1.2", "resource_changes": [], "configuration": configuration}).to_string();
    find_disagreement(&Plan::read(&plan).unwrap().configuration, sources).is_some()
}

/// The paths of all expressions below a value: objects with a constant, with references, or with nothing.
fn expressions(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let is_expression = members.keys().all(|name| name == "constant_value" || name == "references");
            if is_expression {
                found.push(path.to_owned());
                return;
            }
            for (name, member) in members {
                expressions(member, &format!("{path}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                expressions(item, &format!("{path}/{at}"), found);
            }
        }
        _ => {}
    }
}

/// Every module of a configuration: its place.
fn modules(module: &Value, path: &str, found: &mut Vec<String>) {
    found.push(path.to_owned());
    for (name, call) in module["module_calls"].as_object().into_iter().flatten() {
        modules(&call["module"], &format!("{path}/module_calls/{name}/module"), found);
    }
}

/// A change of a configuration: what stands at a place is replaced, or removed.
type ConfigurationChange = (String, Option<Value>);

/// Every change of the expression at a place after which it says something else.
fn changes_of_expression(configuration: &Value, path: &str) -> Vec<ConfigurationChange> {
    let before = configuration.pointer(path).unwrap();
    let constant = match &before["constant_value"] {
        Value::String(text) => json!(format!("{text}x")),
        Value::Bool(value) => json!(!value),
        Value::Null => json!("x"),
        _ => json!([["x"]]),
    };
    let replaced = |with: Value| (path.to_owned(), Some(with));
    let mut changes = vec![replaced(json!({"references": ["var.elsewhere"]}))];
    let (is_constant, refers) = (before.get("constant_value").is_some(), before.get("references").is_some());
    if is_constant || refers {
        changes.push(replaced(json!({"constant_value": constant})));
        changes.push(replaced(json!({})));
    }
    // An element of a list cannot go by itself.
    if path.rsplit('/').next().unwrap().parse::<usize>().is_err() {
        changes.push((path.to_owned(), None));
    }
    changes
}

fn changes_of(configuration: &Value) -> Vec<ConfigurationChange> {
    let mut changes = Vec::new();
    let mut found = Vec::new();
    for (key, provider) in configuration["provider_config"].as_object().into_iter().flatten() {
        expressions(&provider["expressions"], &format!("/provider_config/{key}/expressions"), &mut found);
    }
    let mut places = Vec::new();
    modules(&configuration["root_module"], "/root_module", &mut places);
    for place in places {
        let module = configuration.pointer(&place).unwrap();
        for (at, resource) in module["resources"].as_array().into_iter().flatten().enumerate() {
            let path = format!("{place}/resources/{at}");
            expressions(&resource["expressions"], &format!("{path}/expressions"), &mut found);
            changes.push((format!("{path}/address"), Some(json!("t.other"))));
            changes.push((path, None));
        }
        for (name, call) in module["module_calls"].as_object().into_iter().flatten() {
            let path = format!("{place}/module_calls/{name}/expressions");
            expressions(&call["expressions"], &path, &mut found);
        }
    }
    changes.extend(found.iter().flat_map(|path| changes_of_expression(configuration, path)));
    changes
}

fn apply(configuration: &Value, (path, with): &ConfigurationChange) -> Value {
    let mut other = configuration.clone();
    if let Some(with) = with {
        *other.pointer_mut(path).unwrap() = with.clone();
        return other;
    }
    let (parent, name) = path.rsplit_once('/').unwrap();
    match other.pointer_mut(parent).unwrap() {
        Value::Array(items) => {
            items.remove(name.parse().unwrap());
        }
        Value::Object(members) => {
            members.remove(name);
        }
        _ => panic!("{path}"),
    }
    other
}

#[test]
fn a_change_of_any_expression_or_block_is_seen() {
    let (mut changed, mut missed) = (0, Vec::new());
    for folder in pairs() {
        let sources = unpack(&std::fs::read(folder.join("tfplan")).unwrap()).unwrap();
        let plan: Value = serde_json::from_slice(&std::fs::read(folder.join("plan.json")).unwrap()).unwrap();
        let configuration = &plan["configuration"];
        assert!(!disagrees(configuration, &sources), "{}", folder.display());
        // What cannot be read blocks by itself, and its declarations are compared with nothing.
        if sources.unread().next().is_some() {
            continue;
        }
        for change in changes_of(configuration) {
            changed += 1;
            if !disagrees(&apply(configuration, &change), &sources) {
                missed.push(format!("{}: {change:?}", folder.display()));
            }
        }
    }
    assert!(changed > 800, "{changed} changes");
    assert!(missed.is_empty(), "{} of {changed}\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn the_plan_file_of_another_plan_is_refused() {
    let folders = pairs();
    for (folder, other) in folders.iter().zip(folders.iter().skip(1)) {
        let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(["check", "plan.json", "--approvals", "../approvals", "--as-of", "2026-11-24", "--sources"])
            .arg(other.join("tfplan"))
            .current_dir(folder)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{}: {said}", folder.display());
        assert!(said.contains("this is not the plan file of the plan JSON"), "{said}");
    }
}
