//! A review as the body of an issue: one section an owner, with a box to tick for each row.
//!
//! Takes a [`ReviewReport`] and a writer. A name is never a mention, a link or markup.

use std::io::{self, Write};

use super::ReviewReport;
use crate::report::escape::for_markdown;

/// Writes a review as Markdown.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &ReviewReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "### Access review as of {}\n\n{}\n",
        report.as_of,
        for_markdown(&report.describe_counts())
    )?;
    let mut owner: Option<&str> = None;
    for row in &report.rows {
        if owner != Some(&row.owner) {
            writeln!(out, "#### {}\n", for_markdown(&row.owner))?;
            owner = Some(&row.owner);
        }
        let principal = if row.principal.is_empty() {
            String::new()
        } else {
            format!(" {}", for_markdown(&row.principal))
        };
        writeln!(
            out,
            "- [ ] **{}**{principal}: {} ({}; suggested: {})",
            for_markdown(&row.ticket),
            for_markdown(&row.describe_access()),
            row.state.replace('_', " "),
            row.suggested
        )?;
        let why = row.why.as_ref().map(|why| format!("{}. ", for_markdown(why))).unwrap_or_default();
        writeln!(out, "  {why}{}. Row {}", for_markdown(&row.describe_days()), for_markdown(&row.row_id))?;
    }
    for source in &report.sources {
        writeln!(out, "\n<sub>{} {} {}</sub>", source.kind, for_markdown(&source.name), source.sha256)?;
    }
    Ok(())
}
