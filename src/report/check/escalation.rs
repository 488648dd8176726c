//! Escalations for people: one block, a few lines for each holder. The JSON report has all of them.

use std::io::{self, Write};

use crate::escalation::Escalation;
use crate::report::escape::for_terminal;
use crate::report::look::{BOLD, DIM, Look, YELLOW, paragraph};

/// Holders that are listed, at most.
const HOLDERS: usize = 10;
/// Ways that are listed for one holder, at most.
const WAYS: usize = 4;
/// Grants that are listed for one holder, at most.
const GRANTS: usize = 6;

/// Writes who can raise their own rights, and how.
pub(super) fn write(escalations: &[Escalation], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let holders: Vec<&[Escalation]> =
        escalations.chunk_by(|one, next| one.principal == next.principal).collect();
    if holders.is_empty() {
        return Ok(());
    }
    writeln!(out, "{YELLOW}privilege escalation{YELLOW:#} {DIM}(does not block){DIM:#}")?;
    for ways in holders.iter().take(HOLDERS) {
        holder(ways, look, out)?;
    }
    if holders.len() > HOLDERS {
        writeln!(out, "  and {} more holders: `--format json` lists them", holders.len() - HOLDERS)?;
    }
    writeln!(out)
}

fn holder(ways: &[Escalation], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = ways.first() else { return Ok(()) };
    let name = if first.principal.is_empty() { "somebody" } else { &first.principal };
    writeln!(out, "  {BOLD}{}{BOLD:#}", for_terminal(name))?;
    for way in ways.iter().take(WAYS) {
        let label = if way.certain { "can" } else { "may" };
        let text = format!("{}: {}", way.permissions.join(" and "), way.effect);
        paragraph(label, &text, look, YELLOW, out)?;
    }
    if ways.len() > WAYS {
        let more = format!("{} more ways: `--format json` lists them", ways.len() - WAYS);
        paragraph("and", &more, look, DIM, out)?;
    }
    let mut addresses: Vec<&str> = ways.iter().flat_map(|way| &way.addresses).map(String::as_str).collect();
    addresses.sort_unstable();
    addresses.dedup();
    let more = addresses.len().saturating_sub(GRANTS);
    addresses.truncate(GRANTS);
    let mut by = addresses.join(", ");
    if more > 0 {
        by.push_str(&format!(" and {more} more"));
    }
    paragraph("by", &by, look, DIM, out)
}
