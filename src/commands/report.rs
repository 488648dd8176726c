//! `report`: the result of an earlier check in another format.
//!
//! Takes a file that `check --format json` wrote and a format, and writes it. Nothing is judged, so the exit code says
//! whether it was written and never whether the plan may be applied.

use std::io::Write;

use super::formats::write_report;
use super::{Exit, Failure, input};
use crate::cli::ReportArgs;
use crate::report::check::CheckReport;

/// Runs `report`.
///
/// # Errors
///
/// Why the file could not be read, or the report not be written.
pub fn run(args: &ReportArgs, out: &mut dyn Write) -> Result<Exit, Failure> {
    let (name, text) = input::read_text(&args.file)?;
    let report = CheckReport::read(&text).map_err(|error| Failure::Report { name, error })?;
    write_report(args.format, &report, out).map_err(Failure::unwritten)?;
    Ok(Exit::Allowed)
}
