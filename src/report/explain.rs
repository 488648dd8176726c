//! `explain`: what a finding code means, who answers, what to do, and which controls it is evidence towards.

use std::io::{self, Write};

use anstyle::Style;

use super::look::{BOLD, DIM, Look, RED, YELLOW, write_paragraph, write_wrapped};
use crate::finding::{AccountableRole, CODES, CodeRow};

/// Writes all that is known of a code.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(row: &CodeRow, look: Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{RED}{}{RED:#}", row.name)?;
    write_paragraph("", row.meaning, look, BOLD, out)?;
    writeln!(out)?;
    for text in row.explanation.split("\n\n") {
        write_paragraph("", text, look, Style::new(), out)?;
        writeln!(out)?;
    }
    let severity = match row.critical_where {
        Some(condition) => format!("{}; critical where {condition}", row.severity.word()),
        None => row.severity.word().to_owned(),
    };
    write_paragraph("severity", &severity, look, YELLOW, out)?;
    let failed = format!("{}: {}", row.side.word(), row.side.meaning());
    write_paragraph("failed", &failed, look, Style::new(), out)?;
    write_paragraph("answers", row.accountable.words(), look, BOLD, out)?;
    if !row.informed.is_empty() {
        let informed: Vec<_> = row.informed.iter().copied().map(AccountableRole::words).collect();
        write_paragraph("informed", &informed.join(", "), look, Style::new(), out)?;
    }
    write_paragraph("next", row.remedy, look, BOLD, out)?;
    let controls = format!("evidence towards {}", row.controls.join(", "));
    write_paragraph("controls", &controls, look, DIM, out)
}

/// Writes every code with what it means, one a line.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_list(look: Look, out: &mut dyn Write) -> io::Result<()> {
    let longest = CODES.iter().map(|row| row.name.len()).max().unwrap_or_default();
    for row in &CODES {
        let indent = longest + 2;
        write!(out, "{RED}{:<indent$}{RED:#}", row.name)?;
        write_wrapped(row.meaning, indent, look, out)?;
    }
    Ok(())
}
