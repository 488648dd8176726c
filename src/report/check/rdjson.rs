//! `rdjson`: the Reviewdog Diagnostic Format, which reaches Bitbucket, Gerrit, Gitea and others.

use std::io::{self, Write};

use serde::Serialize;

use super::CheckReport;
use super::place::{Line, find_line_or_manifest};
use super::summary::{EXCEPTED, INFORMATION, describe_exception, describe_owner, name_object};
use crate::report::escape::to_json;

#[derive(Serialize)]
struct DiagnosticResult<'a> {
    source: Origin,
    severity: &'static str,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Origin {
    name: &'static str,
    url: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: String,
    location: Location<'a>,
    severity: &'static str,
    code: DiagnosticCode<'a>,
}

#[derive(Serialize)]
struct DiagnosticCode<'a> {
    value: &'a str,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    column: usize,
}

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics = report.findings.iter().map(|finding| {
        let Line { file, line, column } = find_line_or_manifest(finding, report);
        Diagnostic {
            message: format!(
                "{}: {}; {} answers; {}",
                name_object(finding),
                finding.message,
                describe_owner(finding),
                finding.remedy
            ),
            location: Location { path: file, range: Range { start: Position { line, column } } },
            severity: "ERROR",
            code: DiagnosticCode { value: &finding.code },
        }
    });
    let excepted = report.exceptions.iter().map(|exception| Diagnostic {
        message: describe_exception(exception),
        location: Location {
            path: &exception.file,
            range: Range { start: Position { line: exception.line, column: 1 } },
        },
        severity: "WARNING",
        code: DiagnosticCode { value: EXCEPTED },
    });
    let result = DiagnosticResult {
        source: Origin { name: "countersign", url: INFORMATION },
        severity: "ERROR",
        diagnostics: diagnostics.chain(excepted).collect(),
    };
    out.write_all(to_json(&result)?.as_bytes())?;
    out.write_all(b"\n")
}
