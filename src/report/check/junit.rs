//! `junit`: a test case a grant, for the test views of CI services.
//!
//! A grant that passes is a case that passes. One that does not fails with every finding at its address, and a finding at
//! an address without such a grant is a case of its own.

use std::collections::HashMap;
use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::CheckReport;
use super::model::{FindingEntry, GrantEntry};
use super::place::find_shown_line;
use super::summary::{describe_exception, describe_owner, name_object};
use crate::report::escape::for_terminal;

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut at_address: HashMap<Option<&str>, Vec<&FindingEntry<'_>>> = HashMap::new();
    for finding in &report.findings {
        at_address.entry(finding.address.as_deref()).or_default().push(finding);
    }
    let mut suite = TestSuite::new("countersign");
    let mut names: HashMap<String, usize> = HashMap::new();
    for grant in &report.grants {
        let name = make_unique(&for_terminal(&grant.address), &mut names);
        let status = if grant.passes() {
            TestCaseStatus::success()
        } else {
            // Several grants at one address have one list of findings, which the first of them shows.
            fail(&at_address.remove(&Some(&*grant.address)).unwrap_or_default(), grant)
        };
        let mut case = TestCase::new(name, status);
        case.set_classname(for_terminal(&grant.r#type));
        let excepted = report.exceptions.iter().filter(|one| grant.is_excepted_by(one));
        for exception in excepted {
            case.set_system_out(for_terminal(&describe_exception(exception)));
        }
        suite.add_test_case(case);
    }
    for finding in &report.findings {
        let Some(findings) = at_address.remove(&finding.address.as_deref()) else { continue };
        let name = make_unique(&for_terminal(name_object(finding)), &mut names);
        let mut case = TestCase::new(name, fail_with(&findings, &finding.message));
        case.set_classname(&*finding.code);
        suite.add_test_case(case);
    }
    let mut junit = Report::new("countersign");
    junit.add_test_suite(suite);
    let text = junit.to_string().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

/// A name that no earlier case has: GitLab shows only the first of several.
fn make_unique(name: &str, names: &mut HashMap<String, usize>) -> String {
    let count = names.entry(name.to_owned()).or_default();
    *count += 1;
    if *count == 1 { name.to_owned() } else { format!("{name} ({count})") }
}

fn fail(findings: &[&FindingEntry<'_>], grant: &GrantEntry<'_>) -> TestCaseStatus {
    let said = findings.first().map(|finding| finding.message.clone());
    fail_with(
        findings,
        &said.unwrap_or_else(|| format!("{}; see the other case of this address", grant.verdict)),
    )
}

fn fail_with(findings: &[&FindingEntry<'_>], message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(for_terminal(message));
    if let Some(first) = findings.first() {
        status.set_type(&*first.code);
    }
    let texts: Vec<String> = findings.iter().map(|finding| describe(finding)).collect();
    status.set_description(texts.join("\n\n"));
    status
}

fn describe(finding: &FindingEntry<'_>) -> String {
    let mut lines = vec![
        format!("{}, {}: {}", finding.code, finding.severity, finding.message),
        format!("answers: {}: {}", describe_owner(finding), finding.owner.because),
        format!("next: {}", finding.remedy),
    ];
    if let Some(at) = find_shown_line(finding) {
        lines.push(format!("at: {}:{}", at.file, at.line));
    }
    lines.iter().map(|line| for_terminal(line)).collect::<Vec<_>>().join("\n")
}
