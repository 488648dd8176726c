//! `github`: annotations of a workflow run, as commands to GitHub's runner.
//!
//! GitHub shows ten errors a step and drops the others without a word, so the first says what came out, and the last says
//! how many are not shown. Foreign text can neither begin a line nor end a property.

use std::io::{self, Write};

use super::CheckReport;
use super::place::find_line;
use super::summary::{describe_exceptions, describe_owner, name_finding, summarize};
use crate::report::escape::{for_terminal, without_commands};

/// The most errors that GitHub shows of one step (docs.github.com, "Workflow commands for GitHub Actions").
const MAX_ERRORS: usize = 10;

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let level = if report.is_allowed() { "notice" } else { "error" };
    writeln!(out, "::{level} title=countersign::{}", escape_data(&summarize(report)))?;
    // GitHub counts warnings apart from errors.
    for exception in describe_exceptions(report) {
        writeln!(out, "::warning title=countersign::{}", escape_data(&exception))?;
    }
    // One is taken by the summary, and one by the number of those that are not shown.
    let (shown, rest) = match report.findings.len() {
        few if few < MAX_ERRORS => (few, 0),
        many => (MAX_ERRORS - 2, many - (MAX_ERRORS - 2)),
    };
    for finding in report.findings.iter().take(shown) {
        let mut properties = format!("title={}", escape_property(&name_finding(finding)));
        if let Some(at) = find_line(finding) {
            let file = escape_property(at.file);
            properties = format!("file={file},line={},col={},{properties}", at.line, at.column);
        }
        let text = format!("{}\n{} answers\n{}", finding.message, describe_owner(finding), finding.remedy);
        writeln!(out, "::error {properties}::{}", escape_data(&text))?;
    }
    if rest > 0 {
        writeln!(out, "::error title=countersign::{rest} more findings are in the report of the check")?;
    }
    Ok(())
}

/// What stands after the second `::`.
fn escape_data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| without_commands(&for_terminal(line))).collect();
    lines.join("\n").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands after a `=`.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}
