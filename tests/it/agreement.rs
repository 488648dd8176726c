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
        let mut places = Vec::new();
        modules(&configuration["root_module"], "/root_module", &mut places);
        let mut try_change = |what: String, change: &dyn Fn(&mut Value)| {
            let mut other = configuration.clone();
            change(&mut other);
            changed += 1;
            if !disagrees(&other, &sources) {
                missed.push(format!("{}: {what}", folder.display()));
            }
        };
        let mut found = Vec::new();
        for (key, provider) in configuration["provider_config"].as_object().into_iter().flatten() {
            expressions(&provider["expressions"], &format!("/provider_config/{key}/expressions"), &mut found);
        }
        for path in found {
            try_change(format!("{path}: a reference"), &|other| {
                *other.pointer_mut(&path).unwrap() = json!({"references": ["var.elsewhere"]});
            });
            try_change(format!("{path}: nothing"), &|other| {
                let (parent, name) = path.rsplit_once('/').unwrap();
                other.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(name);
            });
        }
        for place in places {
            let module = configuration.pointer(&place).unwrap();
            let mut found = Vec::new();
            for (at, resource) in module["resources"].as_array().into_iter().flatten().enumerate() {
                expressions(
                    &resource["expressions"],
                    &format!("{place}/resources/{at}/expressions"),
                    &mut found,
                );
                let resources = format!("{place}/resources");
                try_change(format!("without {}", resource["address"]), &|other| {
                    other.pointer_mut(&resources).unwrap().as_array_mut().unwrap().remove(at);
                });
                try_change(format!("another name for {}", resource["address"]), &|other| {
                    other.pointer_mut(&resources).unwrap()[at]["address"] = json!("t.other");
                });
            }
            for (name, call) in module["module_calls"].as_object().into_iter().flatten() {
                let path = format!("{place}/module_calls/{name}/expressions");
                expressions(&call["expressions"], &path, &mut found);
            }
            for path in found {
                let before = configuration.pointer(&path).unwrap().clone();
                let other_constant = match &before["constant_value"] {
                    Value::String(text) => json!(format!("{text}x")),
                    Value::Null => json!("x"),
                    Value::Bool(value) => json!(!value),
                    _ => json!([["x"]]),
                };
                let set = |with: Value| {
                    let path = path.clone();
                    move |other: &mut Value| *other.pointer_mut(&path).unwrap() = with.clone()
                };
                try_change(format!("{path}: a reference"), &set(json!({"references": ["var.elsewhere"]})));
                if before.get("references").is_none() {
                    if before.get("constant_value").is_some() {
                        try_change(
                            format!("{path}: a constant"),
                            &set(json!({"constant_value": other_constant})),
                        );
                        try_change(format!("{path}: a function"), &set(json!({})));
                    }
                } else {
                    try_change(
                        format!("{path}: a constant"),
                        &set(json!({"constant_value": other_constant})),
                    );
                }
                try_change(format!("{path}: nothing"), &|other| {
                    let (parent, name) = path.rsplit_once('/').unwrap();
                    if let Some(members) = other.pointer_mut(parent).unwrap().as_object_mut() {
                        members.remove(name);
                    } else {
                        *other.pointer_mut(&path).unwrap() = json!({"references": ["var.elsewhere"]});
                    }
                });
            }
        }
    }
    assert!(changed > 500, "{changed} changes");
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
