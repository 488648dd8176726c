//! One finding, or several that say the same, for people.

use std::collections::HashMap;
use std::io::{self, Write};

use anstyle::Style;

use crate::finding::{
    AccessStatement, ComparedAccess, Finding, PlannedAccess, RunDigest, Site, SiteKind, SiteReach,
};
use crate::report::check::fold::{FindingGroup, GroupEntry};
use crate::report::check::snippet::write_snippet;
use crate::report::escape::for_terminal;
use crate::report::finding_words::{describe_common, describe_failure, describe_message, describe_note};
use crate::report::look::{BOLD, Look, RED, YELLOW, write_paragraph, write_whole_lines};
use crate::report::remedy_words::describe_remedy;
use crate::report::statement_words::describe_statement;
use crate::report::words::{count_of, describe_excess, describe_request, describe_step};

/// Statements that are shown of each side of a finding, at most: the JSON report has all of them.
const MAX_STATEMENTS: usize = 8;

/// Entries of a group that are shown with what is planned, at most; of the others the address is.
const MAX_ENTRIES: usize = 8;

/// Addresses that are listed for one entry, at most: more are instances of one block, and nobody reads them one by one.
const MAX_ADDRESSES: usize = 12;

/// Writes groups of findings, and says of nothing twice what is planned and what was approved.
pub(super) struct FindingWriter<'a, 'o> {
    look: Look,
    out: &'o mut dyn Write,
    /// Where accesses of several statements were shown.
    shown: HashMap<&'a [AccessStatement], &'a str>,
}

impl<'a, 'o> FindingWriter<'a, 'o> {
    pub(super) fn new(look: Look, out: &'o mut dyn Write) -> Self {
        Self { look, out, shown: HashMap::new() }
    }

    /// Writes all of a group.
    pub(super) fn write(&mut self, group: &FindingGroup<'a>) -> io::Result<()> {
        let Some(first) = group.findings.first().copied() else { return Ok(()) };
        match group.findings.as_slice() {
            [only] => self.write_single(only)?,
            _ => self.write_several(group, first)?,
        }
        self.write_owner(first)?;
        // Several have their places beside their addresses, and the approval in common.
        let sites = match group.findings.as_slice() {
            [only] => describe_sites(&only.sites),
            _ => describe_places(&first.sites, SiteKind::Approved),
        };
        if let Some(sites) = sites {
            self.paragraph("see", &sites)?;
        }
        write_snippet(first, self.look, self.out)?;
        let next = match first.waits_for {
            Some(_) => "give the fact: the line for that stands at the top".to_owned(),
            None => describe_remedy(first),
        };
        write_paragraph("next", &next, self.look, BOLD, self.out)?;
        writeln!(self.out)
    }

    /// Writes a group in one line.
    pub(super) fn write_line(&mut self, group: &FindingGroup<'a>) -> io::Result<()> {
        let Some(first) = group.findings.first() else { return Ok(()) };
        let name = match group.findings.as_slice() {
            [only] => only.address.as_deref().unwrap_or("the plan").to_owned(),
            several => format!("{} ({})", group.type_name, count_of(several.len(), "finding")),
        };
        let owner = for_terminal(&first.owner.name);
        writeln!(self.out, "{RED}{}{RED:#} {}, answers {owner}", first.code.name(), for_terminal(&name))
    }

    fn paragraph(&mut self, label: &str, text: &str) -> io::Result<()> {
        write_paragraph(label, text, self.look, Style::new(), self.out)
    }

    fn write_single(&mut self, finding: &'a Finding) -> io::Result<()> {
        let address = finding.address.as_deref().unwrap_or("the plan");
        write!(self.out, "{RED}{}{RED:#} {BOLD}{}{BOLD:#}", finding.code.name(), for_terminal(address))?;
        if let Some(ticket) = &finding.ticket {
            write!(self.out, " ({})", for_terminal(ticket))?;
        }
        writeln!(self.out, ", {}", finding.severity.word())?;
        self.paragraph("", &describe_message(finding))?;
        if let Some(access) = &finding.access {
            self.write_statements("approved", &access.approved, finding.ticket.as_deref())?;
        }
        self.write_particulars(finding)
    }

    fn write_several(&mut self, group: &FindingGroup<'a>, first: &'a Finding) -> io::Result<()> {
        let count = count_of(group.findings.len(), "finding");
        let name = if group.type_name.is_empty() { "the plan" } else { group.type_name };
        write!(self.out, "{RED}{}{RED:#} {BOLD}{}{BOLD:#}", first.code.name(), for_terminal(name))?;
        if let Some(ticket) = &first.ticket {
            write!(self.out, " ({})", for_terminal(ticket))?;
        }
        writeln!(self.out, ", {}, {count}", first.severity.word())?;
        let message = describe_message(first);
        let is_one = group.findings.iter().all(|finding| describe_message(finding) == message);
        self.paragraph("", &if is_one { message } else { describe_common(first) })?;
        if let Some(access) = &first.access {
            self.write_statements("approved", &access.approved, first.ticket.as_deref())?;
        }
        let entries = group.entries();
        let (shown, rest) = entries.split_at(entries.len().min(MAX_ENTRIES));
        for entry in shown {
            self.write_entry(entry, is_one)?;
        }
        for entry in rest {
            let addresses = entry.findings.iter().filter_map(|finding| finding.address.as_deref());
            let addresses = addresses.collect::<Vec<_>>().join(", ");
            let cause = entry.cause.as_ref().filter(|_| !is_one);
            let cause = cause.map(|cause| format!(": {cause}")).unwrap_or_default();
            self.paragraph("and", &format!("{addresses}{cause}"))?;
        }
        Ok(())
    }

    fn write_entry(&mut self, entry: &GroupEntry<'a>, is_one: bool) -> io::Result<()> {
        let Some(first) = entry.findings.first().copied() else { return Ok(()) };
        let addresses: Vec<&str> =
            entry.findings.iter().filter_map(|finding| finding.address.as_deref()).collect();
        let mut text = addresses.iter().take(MAX_ADDRESSES).copied().collect::<Vec<_>>().join(", ");
        if addresses.len() > MAX_ADDRESSES {
            text.push_str(&format!(" and {} more", addresses.len() - MAX_ADDRESSES));
        }
        if let Some(sites) = describe_places(&first.sites, SiteKind::Planned) {
            text.push_str(&format!(" ({sites})"));
        }
        write_paragraph("at", &text, self.look, BOLD, self.out)?;
        if let Some(cause) = entry.cause.as_ref().filter(|_| !is_one) {
            self.paragraph("because", cause)?;
        }
        self.write_particulars(first)
    }

    /// Writes what is planned, and what shows that it is not approved.
    fn write_particulars(&mut self, finding: &'a Finding) -> io::Result<()> {
        if let Some(access) = &finding.access {
            self.write_planned(access, finding)?;
        }
        if let (Some(run), Some(address)) = (&finding.run, &finding.address) {
            write_run_block(run, address, self.out)?;
        }
        for note in &finding.notes {
            self.paragraph("note", &describe_note(note))?;
        }
        if let Some(witness) = &finding.witness {
            let request = describe_request(&witness.request);
            write_paragraph("example", &request, self.look, YELLOW, self.out)?;
            if let Some(also) = describe_excess(&finding.excess, &witness.request) {
                write_paragraph("also", &also, self.look, YELLOW, self.out)?;
            }
        }
        Ok(())
    }

    fn write_owner(&mut self, finding: &Finding) -> io::Result<()> {
        let owner = &finding.owner;
        let contact = owner.contact.as_ref().map(|contact| format!(" ({contact})")).unwrap_or_default();
        let step = describe_step(&owner.found_by);
        let answers = format!("{}{contact} as {}: {step}", owner.name, owner.role.words());
        write_paragraph("answers", &answers, self.look, BOLD, self.out)?;
        let failed = format!("the {}: {}", finding.code.side().word(), describe_failure(finding));
        self.paragraph("failed", &failed)
    }

    fn write_planned(&mut self, access: &'a ComparedAccess, finding: &'a Finding) -> io::Result<()> {
        match &access.planned {
            PlannedAccess::Sensitive => {
                self.paragraph("planned", "(sensitive in the plan, so it is not shown)")
            }
            PlannedAccess::Statements(statements) => {
                self.write_statements("planned", statements, finding.address.as_deref())
            }
        }
    }

    /// Writes statements, one a paragraph. Several that were shown before are those of `whose`.
    fn write_statements(
        &mut self,
        label: &str,
        statements: &'a [AccessStatement],
        whose: Option<&'a str>,
    ) -> io::Result<()> {
        if statements.len() > 1 {
            if let Some(before) = self.shown.get(statements) {
                let text = format!("the same as above, for `{before}`");
                return self.paragraph(label, &text);
            }
            self.shown.insert(statements, whose.unwrap_or("the plan"));
        }
        for statement in statements.iter().take(MAX_STATEMENTS) {
            self.paragraph(label, &describe_statement(statement))?;
        }
        match statements.len().saturating_sub(MAX_STATEMENTS) {
            0 => Ok(()),
            more => self.paragraph(label, &format!("and {more} more")),
        }
    }
}

/// Writes the block by which an approval would name what runs. It is for copying, so its lines stay whole.
fn write_run_block(run: &RunDigest, address: &str, out: &mut dyn Write) -> io::Result<()> {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let mut lines =
        vec![format!("run \"{}\" {{", quoted(&run.kind)), format!("  address = \"{}\"", quoted(address))];
    match run.sha256.as_slice() {
        [only] => lines.push(format!("  sha256  = \"{only}\"")),
        several => {
            lines.push("  sha256  = [".to_owned());
            lines.extend(several.iter().map(|digest| format!("    \"{digest}\",")));
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
