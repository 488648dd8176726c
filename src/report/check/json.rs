//! `json`: a report for programs, as one JSON object.

use std::io::{self, Write};

use super::CheckReport;
use crate::report::escape::to_json;

/// Writes a report as one JSON object and a line feed.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &CheckReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(to_json(report)?.as_bytes())?;
    out.write_all(b"\n")
}
