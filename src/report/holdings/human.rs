//! A review for people: owner by owner, and within it ticket by ticket.
//!
//! Takes a [`ReviewReport`] and a writer. Every text of the manifest passes the escaper.

use std::io::{self, Write};

use super::ReviewReport;
use crate::report::escape::for_terminal;
use crate::report::look::{Look, write_wrapped};

/// Columns before a text that belongs to a row.
const INDENT: usize = 6;

/// Writes a review for people.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(report: &ReviewReport, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut owner: Option<&str> = None;
    for row in &report.rows {
        if owner != Some(&row.owner) {
            writeln!(out, "{}", for_terminal(&row.owner))?;
            owner = Some(&row.owner);
        }
        let principal = if row.principal.is_empty() { String::new() } else { format!(" {}", row.principal) };
        let state = row.state.replace('_', " ");
        writeln!(
            out,
            "  {} {state}, {}:{}",
            for_terminal(&row.ticket),
            row.suggested,
            for_terminal(&principal)
        )?;
        let texts = [Some(row.describe_access()), row.why.clone(), Some(row.describe_days())];
        for text in texts.into_iter().flatten() {
            write!(out, "{:INDENT$}", "")?;
            write_wrapped(&text, INDENT, look, out)?;
        }
    }
    if !report.rows.is_empty() {
        writeln!(out)?;
    }
    write_wrapped(&format!("{} (as of {})", report.describe_counts(), report.as_of), 0, look, out)
}
