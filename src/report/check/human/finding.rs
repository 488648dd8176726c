//! One finding, or several that say the same, for people.

use std::collections::HashMap;
use std::io::{self, Write};

use anstyle::Style;

use super::lines::{ShownLine, join_dimensions, list_common, list_differences, list_entry_lines};
use crate::finding::{Finding, RunDigest, Site, SiteKind, SiteReach};
use crate::manifest::quote;
use crate::report::check::fold::{FindingGroup, GroupEntry};
use crate::report::check::instances::fold_addresses;
use crate::report::check::snippet::write_snippet;
use crate::report::escape::for_terminal;
use crate::report::finding_words::{describe_common, describe_failure, describe_message, describe_note};
use crate::report::look::{BOLD, Look, severity_style, write_paragraph, write_whole_lines};
use crate::report::remedy_words::describe_remedy;
use crate::report::words::{count_of, describe_excess, describe_request, describe_step};

/// Entries of a group that are shown with what only they say, at most; of the others the addresses are.
const MAX_ENTRIES: usize = 2;

/// Addresses that are listed for one entry, at most: more are instances of one block, and nobody reads them one by one.
const MAX_ADDRESSES: usize = 60;

/// Writes groups of findings of one owner, and says of no two neighbours twice why that owner answers.
pub(super) struct FindingWriter<'o> {
    look: Look,
    out: &'o mut dyn Write,
    /// What was said last of the role of the owner.
    said: String,
}

impl<'o> FindingWriter<'o> {
    pub(super) fn new(look: Look, out: &'o mut dyn Write) -> Self {
        Self { look, out, said: String::new() }
    }

    /// Writes all of a group.
    pub(super) fn write(&mut self, group: &FindingGroup<'_>) -> io::Result<()> {
        let Some(first) = group.findings.first().copied() else { return Ok(()) };
        match group.findings.as_slice() {
            [only] => self.write_single(only)?,
            _ => self.write_several(group, first)?,
        }
        self.write_role(first)?;
        // Several have their places beside their addresses, and the approval in common.
        let sites = match group.findings.as_slice() {
            [only] => describe_sites(&only.sites),
            _ => describe_places(&first.sites, SiteKind::Approved),
        };
        if let Some(sites) = sites {
            self.paragraph("see", &sites)?;
        }
        // What waits for a fact is settled by it, whatever the lines say.
        if first.waits_for.is_none() {
            write_snippet(first, self.look, self.out)?;
        }
        let next = match first.waits_for {
            Some(_) => "give the fact: the line for that stands at the top".to_owned(),
            None => describe_remedy(first),
        };
        write_paragraph("next", &next, self.look, BOLD, self.out)?;
        writeln!(self.out)
    }

    /// Writes a group in one line.
    pub(super) fn write_line(&mut self, group: &FindingGroup<'_>) -> io::Result<()> {
        let Some(first) = group.findings.first() else { return Ok(()) };
        let name = match group.findings.as_slice() {
            [only] => only.address.as_deref().unwrap_or("the plan").to_owned(),
            several => format!("{} ({})", group.type_name, count_of(several.len(), "finding")),
        };
        let style = severity_style(first.severity);
        let ticket = name_ticket(first);
        writeln!(self.out, "{style}{}{style:#} {}{ticket}", first.code.name(), for_terminal(&name))
    }

    fn paragraph(&mut self, label: &str, text: &str) -> io::Result<()> {
        write_paragraph(label, text, self.look, Style::new(), self.out)
    }

    /// Writes the first line of a group.
    fn write_heading(&mut self, finding: &Finding, name: &str, count: &str) -> io::Result<()> {
        let style = severity_style(finding.severity);
        let (code, severity) = (finding.code.name(), finding.severity.word());
        let (name, ticket) = (for_terminal(name), name_ticket(finding));
        writeln!(self.out, "{style}{code}{style:#} {BOLD}{name}{BOLD:#}{ticket}, {severity}{count}")
    }

    fn write_single(&mut self, finding: &Finding) -> io::Result<()> {
        let address = finding.address.as_deref().unwrap_or("the plan");
        self.write_heading(finding, address, "")?;
        self.paragraph("", &describe_message(finding))?;
        if let Some(access) = &finding.access {
            self.write_lines(&list_differences(access))?;
        }
        self.write_particulars(finding)
    }

    fn write_several(&mut self, group: &FindingGroup<'_>, first: &Finding) -> io::Result<()> {
        let count = count_of(group.findings.len(), "finding");
        let name = if group.type_name.is_empty() { "the plan" } else { group.type_name };
        self.write_heading(first, name, &format!(", {count}"))?;
        let message = describe_message(first);
        let is_one = group.findings.iter().all(|finding| describe_message(finding) == message);
        self.paragraph("", &if is_one { message } else { describe_common(first) })?;
        let entries = group.entries();
        let common = list_common(&entries);
        self.write_lines(&common)?;
        let (shown, rest) = entries.split_at(entries.len().min(MAX_ENTRIES));
        for entry in shown {
            self.write_entry(entry, &common, is_one)?;
        }
        for (cause, addresses) in gather_causes(rest) {
            let because = cause.filter(|_| !is_one).map(|cause| format!(": {cause}")).unwrap_or_default();
            self.paragraph("and", &format!("{}{because}", list_addresses(&addresses)))?;
        }
        Ok(())
    }

    fn write_entry(&mut self, entry: &GroupEntry<'_>, common: &[ShownLine], is_one: bool) -> io::Result<()> {
        let Some(first) = entry.findings.first().copied() else { return Ok(()) };
        let mut text = list_addresses(&entry.addresses());
        if let Some(sites) = describe_places(&first.sites, SiteKind::Planned) {
            text.push_str(&format!(" ({sites})"));
        }
        write_paragraph("at", &text, self.look, BOLD, self.out)?;
        if let Some(cause) = entry.cause.as_ref().filter(|_| !is_one) {
            self.paragraph("because", cause)?;
        }
        let mut lines = list_entry_lines(entry);
        lines.retain(|line| !common.contains(line));
        self.write_lines(&join_dimensions(lines))?;
        self.write_particulars(first)
    }

    /// Writes lines of a difference, one a paragraph.
    fn write_lines(&mut self, lines: &[ShownLine]) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.paragraph(line.label, &line.describe()))
    }

    /// Writes what shows that a finding is not approved.
    fn write_particulars(&mut self, finding: &Finding) -> io::Result<()> {
        if let (Some(run), Some(address)) = (&finding.run, &finding.address) {
            write_run_block(run, address, self.out)?;
        }
        for note in &finding.notes {
            self.paragraph("note", &describe_note(note))?;
        }
        if let Some(witness) = &finding.witness {
            let request = describe_request(&witness.request);
            write_paragraph("example", &request, self.look, BOLD, self.out)?;
            if let Some(also) = describe_excess(&finding.excess, &witness.request) {
                self.paragraph("also", &also)?;
            }
        }
        Ok(())
    }

    /// Writes in which role the owner answers, and what failed, where that differs from what was said last.
    fn write_role(&mut self, finding: &Finding) -> io::Result<()> {
        let owner = &finding.owner;
        let role = format!("{}: {}", owner.role.words(), describe_step(&owner.found_by));
        let failed = format!("the {}: {}", finding.code.side().word(), describe_failure(finding));
        let said = format!("{role}\n{failed}");
        if said == self.said {
            return Ok(());
        }
        self.said = said;
        self.paragraph("as", &role)?;
        self.paragraph("failed", &failed)
    }
}

/// Names the ticket of a finding, where it has one.
fn name_ticket(finding: &Finding) -> String {
    finding.ticket.as_ref().map(|ticket| format!(" ({})", for_terminal(ticket))).unwrap_or_default()
}

/// Lists addresses, instances of a block together; of very many how many more there are.
fn list_addresses(addresses: &[&str]) -> String {
    let (shown, rest) = addresses.split_at(addresses.len().min(MAX_ADDRESSES));
    let text = fold_addresses(shown).join(", ");
    match rest.len() {
        0 => text,
        more => format!("{text} and {more} more, which `--format json` lists"),
    }
}

/// Puts the addresses of entries together that have the same cause.
fn gather_causes<'a, 'e>(entries: &'e [GroupEntry<'a>]) -> Vec<(Option<&'e str>, Vec<&'a str>)> {
    let mut causes: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    let mut known: HashMap<Option<&str>, usize> = HashMap::new();
    for entry in entries {
        let cause = entry.cause.as_deref();
        let at = *known.entry(cause).or_insert(causes.len());
        match causes.get_mut(at) {
            Some((_, addresses)) => addresses.extend(entry.addresses()),
            None => causes.push((cause, entry.addresses())),
        }
    }
    causes
}

/// Writes the block by which an approval would name what runs. It is for copying, so its lines stay whole.
fn write_run_block(run: &RunDigest, address: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = vec![format!("run {} {{", quote(&run.kind)), format!("  address = {}", quote(address))];
    match run.sha256.as_slice() {
        [only] => lines.push(format!("  sha256  = {}", quote(only))),
        several => {
            lines.push("  sha256  = [".to_owned());
            lines.extend(several.iter().map(|digest| format!("    {},", quote(digest))));
            lines.push("  ]".to_owned());
        }
    }
    lines.push("}".to_owned());
    write_whole_lines("run", &lines, out)
}

/// Names the places of a finding that its reader can change; what stands there is said where there are several.
fn describe_sites(sites: &[Site]) -> Option<String> {
    let shown: Vec<&Site> =
        sites.iter().filter(|site| !matches!(site.what, SiteKind::Rule | SiteKind::Manifest)).collect();
    let places = shown.iter().map(|site| {
        let Site { file, line, what, .. } = site;
        match (shown.len(), site.reach) {
            (1, SiteReach::Repository) => format!("{file}:{line}"),
            (1, SiteReach::Elsewhere) => format!("{file}:{line} (not in the repository)"),
            (_, SiteReach::Repository) => format!("{file}:{line} ({})", what.word()),
            (_, SiteReach::Elsewhere) => format!("{file}:{line} ({}, not in the repository)", what.word()),
        }
    });
    (!shown.is_empty()).then(|| places.collect::<Vec<_>>().join(", "))
}

/// Names the places of a finding of one kind.
fn describe_places(sites: &[Site], what: SiteKind) -> Option<String> {
    let of_kind = sites.iter().filter(|site| site.what == what);
    let places: Vec<String> = of_kind.map(|site| format!("{}:{}", site.file, site.line)).collect();
    (!places.is_empty()).then(|| places.join(", "))
}
