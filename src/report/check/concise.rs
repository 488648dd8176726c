//! `concise`: a line a finding, as compilers write them, for editors and for searching.
//!
//! `FILE:LINE:COLUMN: CODE OBJECT: what is wrong; who answers`, and the summary as the last line.

use std::io::{self, Write};

use super::CheckReport;
use super::place::find_shown_line;
use super::summary::{describe_exceptions, describe_owner, name_finding, summarize};
use crate::report::escape::for_terminal;

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        let place = find_shown_line(finding)
            .map(|at| format!("{}:{}:{}: ", at.file, at.line, at.column))
            .unwrap_or_default();
        let name = name_finding(finding);
        let line = format!("{place}{name}: {}; {} answers", finding.message, describe_owner(finding));
        writeln!(out, "{}", for_terminal(&line))?;
    }
    for exception in describe_exceptions(report) {
        writeln!(out, "{}", for_terminal(&exception))?;
    }
    writeln!(out, "{}", summarize(report))
}
