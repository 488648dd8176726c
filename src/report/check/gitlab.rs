//! `gitlab`: a Code Quality report, which merge requests show beside the changed lines.

use std::io::{self, Write};

use serde::Serialize;

use super::CheckReport;
use super::fingerprint::{make_exception_fingerprint, make_fingerprints};
use super::place::find_line_or_manifest;
use super::summary::{EXCEPTED, describe_exception, describe_owner, name_object};
use crate::report::escape::to_json;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let issues = report.findings.iter().zip(make_fingerprints(report)).map(|(finding, fingerprint)| {
        let at = find_line_or_manifest(finding, report);
        Issue {
            description: format!(
                "{}: {}; {} answers",
                name_object(finding),
                finding.message,
                describe_owner(finding)
            ),
            check_name: &finding.code,
            fingerprint,
            severity: match &*finding.severity {
                "critical" => "blocker",
                "high" => "critical",
                _ => "major",
            },
            location: Location { path: at.file, lines: Lines { begin: at.line } },
        }
    });
    let excepted = report.exceptions.iter().map(|exception| Issue {
        description: describe_exception(exception),
        check_name: EXCEPTED,
        fingerprint: make_exception_fingerprint(exception),
        severity: "info",
        location: Location { path: &exception.file, lines: Lines { begin: exception.line } },
    });
    out.write_all(to_json(&issues.chain(excepted).collect::<Vec<_>>())?.as_bytes())?;
    out.write_all(b"\n")
}
