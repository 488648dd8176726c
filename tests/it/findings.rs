//! Every code of a finding, as people read it: `testdata/findings/CODE/` holds a plan and approvals that raise it, and
//! the report. `UPDATE=1 cargo test --test it findings::` writes the reports anew, to be read.

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
