//! Escalations for people: one block, a few lines for each holder. The JSON report has all of them.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::escalation::Escalation;
use crate::report::look::{BOLD, DIM, Look, ORANGE, write_paragraph};

/// Groups of holders that are listed, at most.
const HOLDERS: usize = 10;
/// Ways that are listed for one holder, at most.
const WAYS: usize = 4;
/// Names that are listed in one place, at most.
const NAMES: usize = 6;

/// Writes who can raise their own rights, and how. Holders that can do the same are written together.
pub(super) fn write(escalations: &[Escalation], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut groups: Vec<Vec<&[Escalation]>> = Vec::new();
    let mut known: HashMap<Vec<(bool, &[&str])>, usize> = HashMap::new();
    for ways in escalations.chunk_by(|one, next| one.principal == next.principal) {
        let key = ways.iter().map(|way| (way.certain, way.permissions.as_slice())).collect();
        let at = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(ways),
            None => groups.push(vec![ways]),
        }
    }
    if groups.is_empty() {
        return Ok(());
    }
    writeln!(out, "{ORANGE}privilege escalation{ORANGE:#} {DIM}(does not block){DIM:#}")?;
    for holders in groups.iter().take(HOLDERS) {
        write_holders(holders, look, out)?;
    }
    if groups.len() > HOLDERS {
        let more: usize = groups.iter().skip(HOLDERS).map(Vec::len).sum();
        writeln!(out, "  and {more} more holders: `--format json` lists them")?;
    }
    writeln!(out)
}

fn write_holders(holders: &[&[Escalation]], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(ways) = holders.first() else { return Ok(()) };
    let names = holders.iter().filter_map(|ways| ways.first()).map(|way| way.principal.as_str());
    let names = names.map(|name| if name.is_empty() { "somebody" } else { name });
    write_paragraph("", &list_some(names.collect()), look, BOLD, out)?;
    for way in ways.iter().take(WAYS) {
        let label = if way.certain { "can" } else { "may" };
        let text = format!("{}: {}", way.permissions.join(" and "), way.effect);
        write_paragraph(label, &text, look, BOLD, out)?;
    }
    if ways.len() > WAYS {
        let more = format!("{} more ways: `--format json` lists them", ways.len() - WAYS);
        write_paragraph("and", &more, look, DIM, out)?;
    }
    let ways = holders.iter().copied().flatten();
    let mut addresses: Vec<&str> = ways.flat_map(|way| &way.addresses).map(String::as_str).collect();
    addresses.sort_unstable();
    addresses.dedup();
    write_paragraph("by", &list_some(addresses), look, DIM, out)
}

/// The first of some names, and how many more there are.
fn list_some(mut names: Vec<&str>) -> String {
    let more = names.len().saturating_sub(NAMES);
    names.truncate(NAMES);
    let listed = names.join(", ");
    if more > 0 { format!("{listed} and {more} more") } else { listed }
}
