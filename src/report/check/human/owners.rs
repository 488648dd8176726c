//! Findings by who answers: the groups of each owner together, and how many there are of each at the end.
//!
//! Takes the findings of an assessment. Owners of the most severe findings come first, and of one owner the most severe
//! groups, by code. The most severe groups of all are written in full, the others in a line each.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use super::finding::FindingWriter;
use crate::finding::{Finding, FindingSeverity};
use crate::report::check::fold::{FindingGroup, group_findings};
use crate::report::check::summary::share_findings;
use crate::report::escape::for_terminal;
use crate::report::look::{BOLD, DIM, Look, write_wrapped};
use crate::report::words::count_of;

/// Groups of findings that are written in full, at most; of the others each is a line.
const MAX_GROUPS: usize = 20;

/// Tickets that are listed for one owner, at most.
const MAX_TICKETS: usize = 20;

/// Columns between those of the table.
const GAP: usize = 2;

/// The owner of a group, as the heading names them.
type OwnerKey<'a> = (&'a str, Option<&'a str>);

/// Writes the findings, those of one owner together.
pub(super) fn write_findings(findings: &[Finding], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut groups = group_findings(findings);
    let mut worst: HashMap<OwnerKey<'_>, (FindingSeverity, usize)> = HashMap::new();
    for finding in findings {
        let (severity, count) = worst.entry(owner_of(finding)).or_insert((finding.severity, 0));
        *severity = (*severity).max(finding.severity);
        *count += 1;
    }
    groups.sort_by_cached_key(|group| {
        let first = group.findings.first().copied();
        let owner = first.map(owner_of);
        let severity = owner.and_then(|owner| worst.get(&owner)).map(|(severity, _)| *severity);
        let own = first.map(|first| (Reverse(first.severity), first.code.name()));
        (Reverse(severity), owner, own)
    });
    let whole = choose_whole(&groups);
    let mut rest = groups.iter().enumerate().peekable();
    while let Some((_, group)) = rest.peek() {
        let Some(owner) = owner_of_group(group) else { break };
        let count = worst.get(&owner).map_or(0, |(_, count)| *count);
        write_heading(owner, count, out)?;
        let mut writer = FindingWriter::new(look, out);
        let mut lines = Vec::new();
        while let Some((at, group)) = rest.next_if(|(_, group)| owner_of_group(group) == Some(owner)) {
            if whole.contains(&at) { writer.write(group)? } else { lines.push(group) }
        }
        lines.iter().try_for_each(|group| writer.write_line(group))?;
        if !lines.is_empty() {
            writeln!(out)?;
        }
    }
    Ok(())
}

/// The places of the groups that are written in full: the most severe ones.
fn choose_whole(groups: &[FindingGroup<'_>]) -> HashSet<usize> {
    let severity =
        |at: &usize| groups.get(*at).and_then(|group| group.findings.first()).map(|one| one.severity);
    let mut places: Vec<usize> = (0..groups.len()).collect();
    places.sort_by_key(|at| Reverse(severity(at)));
    places.into_iter().take(MAX_GROUPS).collect()
}

fn owner_of(finding: &Finding) -> OwnerKey<'_> {
    (&finding.owner.name, finding.owner.contact.as_deref())
}

fn owner_of_group<'a>(group: &FindingGroup<'a>) -> Option<OwnerKey<'a>> {
    group.findings.first().copied().map(owner_of)
}

fn write_heading((name, contact): OwnerKey<'_>, count: usize, out: &mut dyn Write) -> io::Result<()> {
    let contact = contact.map(|contact| format!(" ({})", for_terminal(contact))).unwrap_or_default();
    let count = count_of(count, "finding");
    writeln!(out, "{BOLD}{}{BOLD:#}{contact} answers for {count}\n", for_terminal(name))
}

/// Writes how many findings each owner has, and under which tickets.
pub(super) fn write_table(findings: &[Finding], look: Look, out: &mut dyn Write) -> io::Result<()> {
    const HEADS: [&str; 3] = ["owner", "findings", "tickets"];
    if findings.is_empty() {
        return Ok(());
    }
    let shares = findings.iter().map(|finding| (&*finding.owner.name, finding.ticket.as_deref()));
    let owners = share_findings(shares);
    let width = |text: &str| textwrap::core::display_width(&for_terminal(text));
    let first = owners.keys().map(|name| width(name)).chain([HEADS[0].len()]).max().unwrap_or_default() + GAP;
    let second = HEADS[1].len();
    writeln!(out, "{DIM}{:<first$}{}  {}{DIM:#}", HEADS[0], HEADS[1], HEADS[2])?;
    for (owner, share) in owners {
        let pad = " ".repeat(first.saturating_sub(width(owner)));
        let (shown, more) = share.tickets.split_at(share.tickets.len().min(MAX_TICKETS));
        let more = if more.is_empty() { String::new() } else { format!(" and {} more", more.len()) };
        let (owner, tickets) = (for_terminal(owner), format!("{}{more}", shown.join(", ")));
        if tickets.is_empty() {
            writeln!(out, "{owner}{pad}{:>second$}", share.findings)?;
        } else {
            write!(out, "{owner}{pad}{:>second$}  ", share.findings)?;
            write_wrapped(&tickets, first + second + GAP, look, out)?;
        }
    }
    writeln!(out)
}
