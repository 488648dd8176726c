//! `explain`: what a finding code means, who answers, what to do, and which controls it is evidence towards.

use std::io::{self, Write};

use anstyle::Style;

use super::look::{BOLD, DIM, Look, RED, write_paragraph, write_wrapped};
use crate::finding::{AccountableRole, CODE_GROUPS, CODES, CodeRow, Control, Framework};

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
    write_paragraph("severity", &severity, look, BOLD, out)?;
    let failed = format!("{}: {}", row.side.word(), row.side.meaning());
    write_paragraph("failed", &failed, look, Style::new(), out)?;
    write_paragraph("answers", row.accountable.words(), look, BOLD, out)?;
    if !row.informed.is_empty() {
        let informed: Vec<_> = row.informed.iter().copied().map(AccountableRole::words).collect();
        write_paragraph("informed", &informed.join(", "), look, Style::new(), out)?;
    }
    write_paragraph("next", row.remedy, look, BOLD, out)?;
    write_paragraph("controls", "evidence towards", look, DIM, out)?;
    row.controls.iter().try_for_each(|id| write_paragraph(" ", &describe_control(id), look, DIM, out))
}

/// Names a control, and says what it asks for.
fn describe_control(id: &str) -> String {
    let Some(control) = Control::find(id) else { return id.to_owned() };
    let (framework, number, asks) = (control.framework, control.number(), control.asks);
    let only = if framework == Framework::NistAiRmf { ", where an agent gets the access" } else { "" };
    format!("{} {number}{only}: {asks}", framework.name())
}

/// Writes every code with what it means, one a line, by what they are about.
///
/// # Errors
///
/// What the writer could not take.
pub fn write_list(look: Look, out: &mut dyn Write) -> io::Result<()> {
    let longest = CODES.iter().map(|row| row.name.len()).max().unwrap_or_default();
    for (at, group) in CODE_GROUPS.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{BOLD}{}{BOLD:#}", group.title)?;
        for row in group.rows {
            let column = longest + 4;
            write!(out, "  {RED}{:<width$}{RED:#}", row.name, width = longest + 2)?;
            write_wrapped(row.meaning, column, look, out)?;
        }
    }
    Ok(())
}
