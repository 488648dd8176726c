//! Writes a report of `check` in each of its formats.

use std::io::{self, Write};

use crate::cli::CheckFormat;
use crate::report::check::{
    CheckReport, atlantis, azure, concise, github, gitlab, html, json, junit, markdown, rdjson, sarif,
};

/// Writes a report in a format that is made of it; returns whether it could be: what people read in a terminal is made of
/// the assessment.
///
/// # Errors
///
/// What the writer could not take.
pub(super) fn write_report(
    format: CheckFormat,
    report: &CheckReport<'_>,
    out: &mut dyn Write,
) -> io::Result<bool> {
    match format {
        CheckFormat::Human => return Ok(false),
        CheckFormat::Json => json::write(report, out),
        CheckFormat::Concise => concise::write(report, out),
        CheckFormat::Sarif => sarif::write(report, out),
        CheckFormat::Junit => junit::write(report, out),
        CheckFormat::Markdown => markdown::write(report, out),
        CheckFormat::Html => html::write(report, out),
        CheckFormat::Github => github::write(report, out),
        CheckFormat::Gitlab => gitlab::write(report, out),
        CheckFormat::Azure => azure::write(report, out),
        CheckFormat::Rdjson => rdjson::write(report, out),
        CheckFormat::Atlantis => atlantis::write(report, out),
    }?;
    Ok(true)
}
