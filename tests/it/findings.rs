//! Every code of a finding, as programs and people read it: `testdata/findings/CODE/` holds inputs that raise it, and what
//! is expected. `UPDATE=1 cargo test --test it findings::` writes what is expected anew, to be read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use countersign::finding::{
    AccountableRole, CODE_GROUPS, CODES, CONTROLS, Code, CodeRow, Control, Framework,
};
use countersign::report::explain;
use countersign::report::look::Look;
use serde_json::Value;

use crate::finding_cases::{Case, CaseRun};

#[test]
fn every_case_is_as_expected() {
    let mut wrong = Vec::new();
    for case in Case::all() {
        let run = case.run();
        let outline = format!("{:#}\n", run.outline());
        let mut complaints = Vec::new();
        if !run.findings().iter().any(|finding| finding["code"] == case.code.name()) {
            complaints.push(format!("{} is not raised", case.code.name()));
        }
        complaints.extend(run.findings().iter().flat_map(contradictions));
        complaints.extend(misread(&case, &run));
        for (name, content) in [("expected.json", &outline), ("report.txt", &run.report)] {
            let file = case.folder.join(name);
            if crate::is_updating() && complaints.is_empty() {
                fs::write(&file, content).unwrap();
            }
            if fs::read_to_string(&file).unwrap_or_default() != *content {
                complaints.push(format!("{name} is otherwise now:\n{content}"));
            }
        }
        wrong.extend(complaints.into_iter().map(|complaint| format!("{}: {complaint}", case.name)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A code without a case of its name is one that nobody has seen.
#[test]
fn every_code_has_a_case() {
    let cases: BTreeSet<Code> =
        Case::all().iter().filter(|case| case.is_main()).map(|case| case.code).collect();
    let without: Vec<_> =
        Code::ALL.iter().filter(|code| !cases.contains(code)).map(|code| code.name()).collect();
    assert!(without.is_empty(), "no folder in testdata/findings for {}", without.join(", "));
}

/// In what a finding contradicts the row of its code. Somebody else than the row says may answer only where nobody nearer is
/// known, and that is the process owner.
fn contradictions(finding: &Value) -> Vec<String> {
    let row = Code::from_name(finding["code"].as_str().unwrap()).unwrap().row();
    let mut wrong = Vec::new();
    let mut demand = |holds: bool, what: &str| {
        if !holds {
            wrong.push(format!("{what} contradicts the row of {}: {finding:#}", row.name));
        }
    };
    demand(finding["side"] == row.side.word(), "the side");
    let severity = &finding["severity"];
    let is_raised = row.critical_where.is_some() && severity == "critical";
    demand(is_raised || severity == row.severity.word(), "the severity");
    let role = &finding["owner"]["role"];
    let is_left = role == AccountableRole::ProcessOwner.name();
    demand(is_left || role == row.accountable.name(), "the role of the owner");
    demand(informed_roles(finding).iter().all(|role| may_be_informed(row, role)), "who is informed");
    let controls: Vec<&str> =
        finding["controls"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    demand(!controls.is_empty() && controls.iter().all(|one| row.controls.contains(one)), "a control");
    wrong
}

fn informed_roles(finding: &Value) -> Vec<&str> {
    finding["informed"].as_array().unwrap().iter().map(|one| one["role"].as_str().unwrap()).collect()
}

fn may_be_informed(row: &CodeRow, role: &str) -> bool {
    row.informed.iter().any(|informed| informed.name() == role)
}

/// In what the report for people does not read well: a case raises its code alone, and its report says so first, with one
/// owner and one next step.
fn misread(case: &Case, run: &CaseRun) -> Vec<String> {
    if !case.is_main() || run.exit == 0 {
        return Vec::new();
    }
    let count = |label: &str| run.report.matches(&format!("\n  {label} ")).count();
    // A dry run lists no findings: it says what there is to do.
    if case.code == Code::NoManifest {
        let reads_well =
            run.report.starts_with("NO_MANIFEST dry run") && count("answers") == 1 && count("next") == 1;
        return if reads_well {
            Vec::new()
        } else {
            vec![format!("the dry run does not read well\n{}", run.report)]
        };
    }
    // What is asked for once stands above the findings.
    let mut paragraphs = run.report.split("\n\n").filter(|paragraph| !paragraph.contains(" missing fact"));
    let owner = paragraphs.next().filter(|owner| owner.ends_with(" answers for 1 finding"));
    let heading = paragraphs.next().and_then(|finding| finding.split([' ', '\n']).next());
    let has_one = owner.is_some() && count("as") == 1 && count("next") == 1;
    let reads_well = heading == Some(case.code.name()) && has_one;
    let complaint =
        format!("the report has not one finding with one owner and one next step\n{}", run.report);
    if reads_well { Vec::new() } else { vec![complaint] }
}

/// A code that may weigh more has a case in which it does, and one in which it does not.
#[test]
fn a_raised_severity_has_a_case() {
    if crate::is_updating() {
        return;
    }
    let mut raised = BTreeSet::new();
    for case in Case::all() {
        let expected: Value =
            serde_json::from_str(&fs::read_to_string(case.folder.join("expected.json")).unwrap()).unwrap();
        let row = case.code.row();
        let of_code = expected["findings"].as_array().unwrap().iter().filter(|one| one["code"] == row.name);
        let weighs_more = { of_code }.any(|finding| finding["severity"] != row.severity.word());
        assert!(!(weighs_more && case.is_main()), "{} is to show the usual severity", case.name);
        raised.extend(weighs_more.then_some(case.code));
    }
    let owed = Code::ALL.iter().copied().filter(|code| code.row().critical_where.is_some());
    assert_eq!(owed.collect::<BTreeSet<_>>(), raised);
}

/// Each control of a row is in the table of controls, in the form of its framework. Evidence is all that is claimed.
#[test]
fn every_control_is_known_and_nobody_is_called_compliant() {
    let forms = [
        (Framework::Soc2, r"CC[1-9]\.[1-9]"),
        (Framework::Iso27001, r"A\.[5-8]\.[0-9]+"),
        (Framework::Nist80053, r"[A-Z]{2}-[0-9]+([a-z]|\([0-9]+\))?"),
        (Framework::NistCsf, r"[A-Z]{2}\.[A-Z]{2}-[0-9]{2}"),
        (Framework::PciDss, r"PCI [1-9]+(\.[1-9]+){2,3}"),
        (Framework::OwaspNhi, r"NHI([1-9]|10):2025"),
        (Framework::NistAiRmf, r"GOVERN [1-6]\.[1-9]"),
    ];
    let mut ids = BTreeSet::new();
    for control in CONTROLS {
        let (_, form) = forms.iter().find(|(framework, _)| *framework == control.framework).unwrap();
        let form = regex::Regex::new(&format!("^{form}$")).unwrap();
        assert!(form.is_match(control.id), "{} is no identifier of {}", control.id, control.framework.name());
        assert!(ids.insert(control.id), "{} is listed twice", control.id);
    }
    for row in &CODES {
        let unknown: Vec<_> = row.controls.iter().filter(|id| !ids.contains(*id)).collect();
        assert!(unknown.is_empty(), "{}: no control {unknown:?} in src/finding/controls.rs", row.name);
        let is_of_all = |id: &&&str| Control::find(id).unwrap().framework != Framework::NistAiRmf;
        assert!(row.controls.iter().any(|id| is_of_all(&id)), "{} names no control", row.name);
        let mut out = Vec::new();
        explain::write(row, Look { width: usize::MAX / 2, quiet: false }, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap().to_lowercase();
        assert!(text.contains("evidence towards") && !text.contains("complian"), "{text}");
        let explanation = row.explanation.replace("\n\n", "\n\n  ");
        let said = [
            row.meaning,
            &explanation,
            row.severity.word(),
            row.side.meaning(),
            row.accountable.words(),
            row.remedy,
        ];
        let is_said = |part: &&str| text.contains(&part.to_lowercase());
        assert!(said.iter().all(is_said), "{said:?}: {text}");
    }
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

/// `docs/codes.md` is written from the rows.
#[test]
fn the_page_of_codes_is_that_of_the_rows() {
    let mut page = String::from(
        "# Finding codes\n\n\
         What each code means, who answers and what to do. `countersign explain CODE` says the same. Each finding blocks. The side that\n\
         failed is the decision (nobody has validly approved), the execution (what is planned differs from what was approved) or\n\
         the process (neither can be checked). Controls are those that a finding is evidence towards.\n\n\
         | code | means | failed | answers | informed | severity |\n|---|---|---|---|---|---|\n",
    );
    for row in &CODES {
        let informed: Vec<&str> = row.informed.iter().map(|role| role.words()).collect();
        let severity = match row.critical_where {
            Some(_) => format!("{} or critical", row.severity.word()),
            None => row.severity.word().to_owned(),
        };
        let cells = [
            format!("[`{}`](#{})", row.name, row.name.to_lowercase()),
            row.meaning.to_owned(),
            row.side.word().to_owned(),
            row.accountable.words().to_owned(),
            informed.join(", "),
            severity,
        ];
        page.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    for group in CODE_GROUPS {
        page.push_str(&format!("\n## {}\n", capitalize(group.title)));
        for row in group.rows {
            page.push_str(&format!("\n### {}\n\n{}\n\n", row.name, row.explanation));
            if let Some(condition) = row.critical_where {
                page.push_str(&format!("Critical where {condition}.\n\n"));
            }
            let controls = row.controls.iter().map(|id| {
                let control = Control::find(id).unwrap();
                format!("{} {}", control.framework.name(), control.number())
            });
            let controls: Vec<String> = controls.collect();
            page.push_str(&format!("Next: {}.\n\nEvidence towards: {}.\n", row.remedy, controls.join(", ")));
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/codes.md");
    if crate::is_updating() {
        fs::write(&file, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&file).unwrap_or_default() == page,
        "docs/codes.md is not current: UPDATE=1 writes it"
    );
}

fn capitalize(text: &str) -> String {
    let mut symbols = text.chars();
    symbols.next().map(|first| first.to_uppercase().chain(symbols).collect()).unwrap_or_default()
}
