//! Every code of a finding, as people read it: `testdata/findings/CODE/` holds a plan and approvals that raise it, and
//! the report. `UPDATE=1 cargo test --test it findings::` writes the reports anew, to be read.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use countersign::finding::Code;

/// The cases are plan JSON alone, and only one is about that.
fn without_sources(folder: &Path) -> Option<&'static str> {
    (!folder.ends_with(Code::SourcesUnseen.name())).then_some("--without-sources")
}

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
            .args(without_sources(&folder))
            .current_dir(&folder)
            .env("COLUMNS", "80")
            .output()
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let report = String::from_utf8(output.stdout).unwrap();
        // What is asked for once stands above the findings.
        let finding = report.split("\n\n").find(|paragraph| !paragraph.contains(" missing fact"));
        let heading = finding.and_then(|finding| finding.split([' ', '\n']).next());
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

/// The report of a case and its findings for programs.
fn reports(folder: &Path) -> (String, serde_json::Value) {
    let run = |format: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
            .args(["check", "plan.json", "--approvals", "approvals", "--as-of", "2026-11-24"])
            .args(["--color", "never", "--format", format])
            .args(without_sources(folder))
            .current_dir(folder)
            .env("COLUMNS", "80")
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    (run("human"), serde_json::from_str(&run("json")).unwrap())
}

/// A finding that weighs more than its code, and one of the same code that does not.
#[test]
fn a_raised_severity_has_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata");
    let cases = std::fs::read_dir(root.join("severity")).unwrap().map(|entry| entry.unwrap().path());
    let cases: BTreeSet<_> = cases.filter(|path| path.is_dir()).collect();
    let mut raised = BTreeSet::new();
    for folder in cases {
        let (report, found) = reports(&folder);
        let name = folder.file_name().unwrap().to_str().unwrap().split('-').next().unwrap();
        let row = Code::from_name(name).unwrap().row();
        assert!(row.critical_where.is_some() && row.severity.word() != "critical", "{name}");
        let finding = &found["findings"][0];
        assert_eq!((finding["code"].as_str(), finding["severity"].as_str()), (Some(name), Some("critical")));
        assert!(report.lines().next().unwrap().ends_with(", critical"), "{report}");
        let file = folder.join("report.txt");
        if crate::is_updating() {
            std::fs::write(&file, &report).unwrap();
        }
        assert_eq!(std::fs::read_to_string(&file).unwrap_or_default(), report);
        let (_, usual) = reports(&root.join("findings").join(name));
        assert_eq!(usual["findings"][0]["severity"], row.severity.word(), "{name}");
        raised.insert(row.code);
    }
    let owed = Code::ALL.iter().copied().filter(|code| code.row().critical_where.is_some());
    assert_eq!(owed.collect::<BTreeSet<_>>(), raised);
}

/// Five instances of a module with three grants that do not pass are three faults, not fifteen.
#[test]
fn instances_of_one_block_are_one_fault() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_countersign"))
        .args([
            "check",
            "testdata/plans/aws/modules/plan.json",
            "--without-sources",
            "--approvals",
            "testdata/demo/approvals",
        ])
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
