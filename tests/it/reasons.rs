//! Why a grant is undecided, and who answers: the cases of `testdata/reasons/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use countersign::grants::collect;
use countersign::plan::Plan;
use countersign::resolve::facts::StatedFacts;
use countersign::rules;
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/reasons")
}

/// The report of a folder's plan at 80 columns, with the fact that its plan lacks.
fn report(folder: &Path, approvals: &Path, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["check", "plan.json", "--without-sources", "--as-of", "2026-11-24", "--approvals"])
        .arg(approvals)
        .args(["--fact", "aws.account=123456789012", "--color", "never", "--format", format])
        .current_dir(folder)
        .env("COLUMNS", "80")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", folder.display());
    String::from_utf8(output.stdout).unwrap()
}

/// What cannot be read stays so after apply: the operator can't help it, and the process owner answers.
#[test]
fn what_apply_does_not_settle_is_the_process_owners() {
    let mut folders: Vec<_> = fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    assert!(folders.len() >= 3, "{folders:?}");
    for folder in folders {
        let report = report(&folder, Path::new("approvals"), "human");
        let file = folder.join("report.txt");
        if crate::is_updating() {
            fs::write(&file, &report).unwrap();
        }
        assert!(report.contains("\n\nUNDECIDED "), "{}\n{report}", folder.display());
        assert!(report.contains("\n  as       process owner"), "{}\n{report}", folder.display());
        assert_eq!(fs::read_to_string(&file).unwrap_or_default(), report, "{}", folder.display());
    }
}

/// One line of `unreadable.jsonl`.
#[derive(Debug, serde::Deserialize)]
struct Line {
    about: String,
    r#type: String,
    provider: String,
    after: Value,
    #[serde(default)]
    after_unknown: Value,
    /// A part of the reason that the report gives.
    reason: String,
}

fn lines() -> Vec<Line> {
    let text = fs::read_to_string(root().join("unreadable.jsonl")).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect()
}

fn address(line: &Line, at: usize) -> String {
    format!("{}.x{at}", line.r#type)
}

/// One plan with all lines, each as a resource that it creates.
fn plan(lines: &[Line]) -> String {
    let change = |(at, line): (usize, &Line)| {
        let unknown = if line.after_unknown.is_null() { json!({}) } else { line.after_unknown.clone() };
        json!({
            "address": address(line, at), "mode": "managed", "type": line.r#type, "name": format!("x{at}"),
            "provider_name": line.provider,
            "change": {
                "actions": ["create"], "before": null, "after": line.after, "after_unknown": unknown,
                "before_sensitive": false, "after_sensitive": {},
            },
        })
    };
    let block = |(at, line): (usize, &Line)| {
        let attributes = line.after.as_object().unwrap().keys();
        let expressions: serde_json::Map<_, _> = attributes.map(|name| (name.clone(), json!({}))).collect();
        json!({
            "address": address(line, at), "mode": "managed", "type": line.r#type, "name": format!("x{at}"),
            "expressions": expressions,
        })
    };
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "timestamp": "2026-11-23T09:00:00Z",
        "applyable": true, "complete": true, "errored": false,
        "resource_changes": lines.iter().enumerate().map(change).collect::<Vec<_>>(),
        "configuration": {"root_module": {
            "resources": lines.iter().enumerate().map(block).collect::<Vec<_>>(),
        }},
    })
    .to_string()
}

/// A class of faults, not a case: whatever is unreadable, in whichever dialect, is never the operator's.
#[test]
fn every_unreadable_document_is_undecided_and_the_process_owners() {
    let lines = lines();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("unreadable");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("plan.json"), plan(&lines)).unwrap();
    let approvals = root().join("cut-short/approvals");
    let report: Value = serde_json::from_str(&report(&folder, &approvals, "json")).unwrap();
    let findings = report["findings"].as_array().unwrap();
    let mut wrong = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let is_of = |finding: &&Value| finding["address"] == address(line, at).as_str();
        let holds = |finding: &Value| {
            finding["code"] == "UNDECIDED"
                && finding["message"].as_str().unwrap().contains(&line.reason)
                && finding["owner"]["role"] == "process_owner"
        };
        if !findings.iter().filter(is_of).any(holds) {
            let found = findings.iter().filter(is_of);
            wrong.push(format!("{}: {:?}", line.about, found.collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Faults that no plan can have, each with why; all others have a line.
const NOT_FROM_A_PLAN: &[(&str, &str)] = &[
    ("WrongKind", "a rule pack gives each document its format"),
    ("NoPrincipal", "only an approval has to name somebody"),
    ("NoAction", "a rule that finds nothing to grant makes no grant"),
    ("NoPlace", "every place in a plan is a repository, an organization or a team"),
    ("DocumentNotSupported", "no rule of such a dialect reads a document"),
    ("ExpressionNotSupported", "no rule of Kubernetes reads a condition"),
    ("ConditionsNotSupported", "a plan is judged without them, which is wider"),
    ("ActionListsNotSupported", "only rules of Azure read them"),
    ("NotAScope", "in a plan it is the whole cluster, which is wider"),
    ("NoResource", "in a plan it is every resource, which is wider"),
];

/// The variants of an enum, from its source.
fn variants(file: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let indented = text.lines().filter_map(|line| line.strip_prefix("    "));
    let names = indented.filter(|line| line.starts_with(char::is_uppercase) && line.ends_with([',', '{']));
    names.map(|line| line.trim_end_matches([',', '{', ' ']).to_owned()).collect()
}

#[test]
fn every_fault_of_a_document_has_a_line() {
    let text = plan(&lines());
    let rules = rules::load(Vec::new()).unwrap();
    let inventory = collect(&Plan::read(&text).unwrap(), &rules, &StatedFacts::new()).unwrap();
    let readings = inventory.grants.iter().flat_map(|grant| &grant.readings);
    let doubts = readings.flat_map(|reading| reading.doubts.iter().map(|doubt| format!("{doubt:?}")));
    let seen: Vec<String> = doubts.collect();
    let variants: Vec<String> =
        ["src/reason/document.rs", "src/reason/terms.rs"].into_iter().flat_map(variants).collect();
    assert!(variants.len() > 25, "{variants:?}");
    for name in &variants {
        let has_line = seen.iter().any(|doubt| {
            let fault = doubt.split(['(', '{', ')']).nth(1).unwrap_or_default();
            fault.trim() == name
        });
        let is_excused = NOT_FROM_A_PLAN.iter().any(|(excused, _)| excused == name);
        assert!(has_line != is_excused, "{name}: line {has_line}, excused {is_excused}");
    }
}
