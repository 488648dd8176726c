//! `countersign/review-v1`: a review for programs. The schema is `schemas/review-v1.json`.
//!
//! The members of a row are those of [`ReviewReport`]; within v1 some are added, and none is renamed or removed.

use std::io::{self, Write};

use super::ReviewReport;
use crate::report::escape::to_json;

/// Writes a review as one JSON object and a line feed.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &ReviewReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", to_json(report)?)
}
