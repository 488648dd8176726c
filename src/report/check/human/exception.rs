//! The exceptions by which grants passed, for people. They are told even where only what blocks is asked for.

use std::io::{self, Write};

use anstyle::Style;

use crate::finding::{ExceptionUse, OwedDuty};
use crate::report::duty_words::describe_duty;
use crate::report::escape::for_terminal;
use crate::report::look::{BOLD, Look, ORANGE, write_paragraph};
use crate::report::words::count_of;

/// Writes them.
pub(super) fn write(exceptions: &[ExceptionUse], look: Look, out: &mut dyn Write) -> io::Result<()> {
    for exception in exceptions {
        let grants = count_of(exception.grants, "grant");
        write!(
            out,
            "{ORANGE}excepted{ORANGE:#} {BOLD}{}{BOLD:#}: {grants} on system ",
            for_terminal(&exception.id)
        )?;
        writeln!(out, "{} until {}", for_terminal(&exception.system), exception.expires_at)?;
        let mut paragraph = |label: &str, text: &str| write_paragraph(label, text, look, Style::new(), out);
        paragraph("incident", &exception.incident)?;
        paragraph("because", &exception.reason)?;
        let approved = exception.approvers.join(", ");
        paragraph("approved", &format!("{approved}; asked for by {}", exception.requester))?;
        for duty in &exception.duties {
            paragraph("then", &describe_owed(duty))?;
        }
        paragraph("see", &format!("{}:{}", exception.file, exception.line))?;
        writeln!(out)?;
    }
    Ok(())
}

fn describe_owed(owed: &OwedDuty) -> String {
    let contact = owed.owner.contact.as_ref().map(|contact| format!(" ({contact})")).unwrap_or_default();
    let done = if owed.is_done { ", which is said to be done" } else { "" };
    format!(
        "{}: {}{contact} as {}, by {}{done}",
        describe_duty(owed.duty),
        owed.owner.name,
        owed.owner.role.words(),
        owed.due
    )
}
