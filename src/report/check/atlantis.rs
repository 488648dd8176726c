//! `atlantis`: the output of a custom policy check.
//!
//! Atlantis does not trust the exit code of such a check: it looks in the output for a line that begins with `FAIL` and for a
//! number before the word `failure` (`runatlantis/atlantis`, `policy_check`). A report that is allowed holds neither, and so
//! quotes nothing of the plan; a report that blocks holds both.

use std::io::{self, Write};

use super::CheckReport;
use super::summary::{describe_owner, name_object, summarize};
use crate::report::escape::for_terminal;

/// Writes a report.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let passed = report.counts.approved + report.counts.excepted + report.counts.unchanged;
    if report.is_allowed() {
        writeln!(out, "{}", summarize(report))?;
        return writeln!(out, "{passed} passed");
    }
    for finding in &report.findings {
        let name = format!("{} - {}", name_object(finding), finding.code);
        let line = format!("{name} - {}; {} answers", finding.message, describe_owner(finding));
        writeln!(out, "FAIL - {}", for_terminal(&line))?;
    }
    let failed = report.findings.len().max(1);
    let word = if failed == 1 { "failure" } else { "failures" };
    writeln!(out, "{} tests, {passed} passed, 0 warnings, {failed} {word}, 0 exceptions", passed + failed)
}
