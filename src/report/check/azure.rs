//! `azure`: issues of an Azure Pipelines task, as commands to its agent.
//!
//! Foreign text can neither begin a command nor end a property.

use std::io::{self, Write};

use super::CheckReport;
use super::place::find_line;
use super::summary::{describe_exceptions, describe_owner, name_finding, summarize};
use crate::report::escape::{for_terminal, without_commands};

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for exception in describe_exceptions(report) {
        writeln!(out, "##vso[task.logissue type=warning;]{}", escape_data(&exception))?;
    }
    for finding in &report.findings {
        let mut properties = "type=error;".to_owned();
        if let Some(at) = find_line(finding) {
            let file = escape_property(at.file);
            properties
                .push_str(&format!("sourcepath={file};linenumber={};columnnumber={};", at.line, at.column));
        }
        properties.push_str(&format!("code={};", escape_property(&finding.code)));
        let name = name_finding(finding);
        let text =
            format!("{name}: {}; {} answers; {}", finding.message, describe_owner(finding), finding.remedy);
        writeln!(out, "##vso[task.logissue {properties}]{}", escape_data(&text))?;
    }
    let summary = escape_data(&summarize(report));
    // Success is not said to the agent: it would hide that a later command of the same task fails.
    if report.is_allowed() {
        return writeln!(out, "{summary}");
    }
    writeln!(out, "##vso[task.complete result=Failed;]{summary}")
}

/// What stands after the `]`: one line.
fn escape_data(text: &str) -> String {
    without_commands(&for_terminal(&text.replace(['\r', '\n'], " "))).replace('%', "%AZP25")
}

/// What stands after a `=`.
fn escape_property(text: &str) -> String {
    escape_data(text).replace(';', "%3B").replace(']', "%5D")
}
