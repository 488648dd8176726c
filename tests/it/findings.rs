//! Every code of a finding, as people read it: `testdata/findings/CODE/` holds a plan and approvals that raise it, and
//! the report. `UPDATE=1 cargo test --test it findings::` writes the reports anew, to be read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use countersign::finding::Code;

#[test]
fn every_code_is_raised_and_reads_well() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/findings");
    let mut wrong = Vec::new();
    for code in Code::ALL.iter().copied() {
        let folder = root.join(code.name());
        let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args([
                "check",
                "plan.json",
                "--approvals",
                "approvals",
                "--as-of",
                "2026-11-24",
                "--color",
                "never",
            ])
            .current_dir(&folder)
            .env("COLUMNS", "80")
            .output()
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let report = String::from_utf8(output.stdout).unwrap();
        let heading = report.split([' ', '\n']).next();
        if heading != Some(code.name()) || output.status.code() != Some(1) {
            wrong.push(format!("{} is not raised\n{report}", code.name()));
        }
        if report.matches("\n  answers ").count() != 1 || report.matches("\n  next ").count() != 1 {
            wrong.push(format!("{} has not one owner and one next step\n{report}", code.name()));
        }
        let file = folder.join("report.txt");
        if crate::is_updating() {
            std::fs::write(&file, &report).unwrap();
        }
        if std::fs::read_to_string(&file).unwrap_or_default() != report {
            wrong.push(format!("{} reads otherwise now\n{report}", code.name()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let folders = std::fs::read_dir(&root).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(folders.count(), Code::ALL.len());
}

/// Five instances of a module with three grants that do not pass are three faults, not fifteen.
#[test]
fn instances_of_one_block_are_one_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args(["check", "testdata/plans/aws/modules/plan.json", "--approvals", "testdata/demo/approvals"])
        .args(["--as-of", "2026-11-24", "--fact", "aws.account=123456789012", "--format", "json"])
        .current_dir(root)
        .output()
        .unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let address = finding["address"].as_str().unwrap();
        assert!(!finding["message"].as_str().unwrap().contains(address), "{finding}");
        groups.entry(finding["group"].as_str().unwrap()).or_default().insert(address);
    }
    let sizes: Vec<(&str, usize)> = groups.iter().map(|(group, all)| (*group, all.len())).collect();
    let expected = [
        ("UNAPPROVED: team-payments: block module.team.aws_iam_role.team", 5),
        ("UNAPPROVED: team-payments: block module.team.module.read.aws_iam_role_policy.grant", 5),
        ("UNDECIDED: security-engineering: block module.team.module.read.aws_iam_role_policy.pass", 5),
    ];
    assert_eq!(sizes, expected);
}
