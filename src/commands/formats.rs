//! Writes a report of `check` in each of its formats.

use std::io::{self, Write};

use crate::cli::ReportFormat;
use crate::report::check::{
    CheckReport, atlantis, azure, concise, github, gitlab, html, json, junit, markdown, rdjson, sarif,
};

/// Writes a report in a format that is made of it.
///
/// # Errors
///
/// What the writer could not take.
pub(super) fn write_report(
    format: ReportFormat,
    report: &CheckReport<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        ReportFormat::Json => json::write(report, out),
        ReportFormat::Concise => concise::write(report, out),
        ReportFormat::Sarif => sarif::write(report, out),
        ReportFormat::Junit => junit::write(report, out),
        ReportFormat::Markdown => markdown::write(report, out),
        ReportFormat::Html => html::write(report, out),
        ReportFormat::Github => github::write(report, out),
        ReportFormat::Gitlab => gitlab::write(report, out),
        ReportFormat::Azure => azure::write(report, out),
        ReportFormat::Rdjson => rdjson::write(report, out),
        ReportFormat::Atlantis => atlantis::write(report, out),
    }
}
