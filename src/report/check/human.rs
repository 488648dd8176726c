//! The report for people: what happened, to which grant, who answers, what to do next.
//!
//! Every foreign text goes through [`visible`], so nothing in a plan can write to the terminal. The width is a
//! parameter; names that are longer than a line stay whole, so that they can be copied.

use std::io::{self, Write};

use anstyle::Style;

use super::{Context, escalation};
use crate::finding::{Assessment, Finding, Judged, Verdict};
use crate::report::escape::for_terminal;
use crate::report::look::{BOLD, DIM, GREEN, Look, RED, YELLOW, paragraph, write_wrapped};
use crate::report::words::{count_of, describe_excess, describe_request, describe_step};

/// Grants that pass and are listed one by one, at most.
const LISTED: usize = 20;

/// Writes an assessment. The writer drops the colours where they are not wanted.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(assessment: &Assessment, context: Context, look: Look, out: &mut dyn Write) -> io::Result<()> {
    for finding in &assessment.findings {
        write_finding(finding, look, out)?;
    }
    if !look.quiet {
        write_passing(&assessment.grants, look, out)?;
        escalation::write(&assessment.escalations, look, out)?;
        for assumption in &assessment.assumptions {
            paragraph("assumed", assumption, look, DIM, out)?;
        }
        for source in &assessment.catalogs {
            paragraph("catalog", &source.to_string(), look, DIM, out)?;
        }
        if !assessment.assumptions.is_empty() || !assessment.catalogs.is_empty() {
            writeln!(out)?;
        }
    }
    write_summary(assessment, context, look, out)
}

fn write_finding(finding: &Finding, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let address = finding.address.as_deref().unwrap_or("the plan");
    write!(out, "{RED}{}{RED:#} {BOLD}{}{BOLD:#}", finding.code.name(), for_terminal(address))?;
    match &finding.ticket {
        Some(ticket) => writeln!(out, " ({})", for_terminal(ticket))?,
        None => writeln!(out)?,
    }
    let message = finding.address.as_deref().and_then(|address| finding.message.strip_prefix(address));
    let message = message.map(|message| message.trim_start_matches([':', ' ']));
    paragraph("", message.unwrap_or(&finding.message), look, Style::new(), out)?;
    for line in &finding.approved {
        paragraph("approved", line, look, Style::new(), out)?;
    }
    for line in &finding.planned {
        paragraph("planned", line, look, Style::new(), out)?;
    }
    for note in &finding.notes {
        paragraph("note", note, look, Style::new(), out)?;
    }
    if let Some(witness) = &finding.witness {
        paragraph("example", &describe_request(&witness.request), look, YELLOW, out)?;
        if let Some(also) = describe_excess(&finding.excess, &witness.request) {
            paragraph("also", &also, look, YELLOW, out)?;
        }
    }
    let owner = &finding.owner;
    let contact = owner.contact.as_ref().map(|contact| format!(" ({contact})")).unwrap_or_default();
    let answers =
        format!("{}{contact} as {}: {}", owner.name, owner.role.words(), describe_step(&owner.found_by));
    paragraph("answers", &answers, look, BOLD, out)?;
    let side = finding.code.side();
    let failed = format!("the {}: {}", side.word(), side.meaning());
    paragraph("failed", &failed, look, Style::new(), out)?;
    if let Some(location) = &finding.location {
        paragraph("see", &format!("{}:{}", location.file, location.line), look, Style::new(), out)?;
    }
    paragraph("next", &finding.remedy, look, BOLD, out)?;
    writeln!(out)
}

fn write_passing(grants: &[Judged], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let passing: Vec<&Judged> = grants.iter().filter(|grant| grant.verdict.passes()).collect();
    for grant in passing.iter().take(LISTED) {
        let word = grant.verdict.word();
        write!(out, "{GREEN}{word}{GREEN:#} {}", for_terminal(&grant.address))?;
        match grant.verdict {
            Verdict::Approved => writeln!(out, " ({})", for_terminal(&grant.tickets.join(", ")))?,
            Verdict::Unchanged | Verdict::Undecided | Verdict::Exceeds | Verdict::Unapproved => {
                writeln!(out, " (adds no access)")?;
            }
        }
        for used in &grant.content {
            paragraph("content", &used.to_string(), look, Style::new(), out)?;
        }
    }
    if passing.len() > LISTED {
        writeln!(out, "and {} more that pass", passing.len() - LISTED)?;
    }
    if passing.is_empty() { Ok(()) } else { writeln!(out) }
}

fn write_summary(
    assessment: &Assessment,
    context: Context,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (style, word) = if assessment.is_allowed() { (GREEN, "allowed") } else { (RED, "blocked") };
    let line = format!("{} (as of {})", counted(assessment), context.as_of);
    write!(out, "{style}{word}{style:#}: ")?;
    write_wrapped(&line, word.len() + 2, look, out)
}

/// What was judged and what came out, in one line.
fn counted(assessment: &Assessment) -> String {
    let counts = assessment.counts();
    let of = |verdict: Verdict| counts.get(&verdict).copied().unwrap_or_default();
    let judged = [Verdict::Approved, Verdict::Exceeds, Verdict::Unapproved, Verdict::Undecided];
    let parts: Vec<String> = judged
        .into_iter()
        .filter(|verdict| of(*verdict) > 0)
        .map(|verdict| match verdict {
            Verdict::Exceeds => format!("{} exceeding", of(verdict)),
            Verdict::Approved | Verdict::Unchanged | Verdict::Unapproved | Verdict::Undecided => {
                format!("{} {}", of(verdict), verdict.word())
            }
        })
        .collect();
    let grants: usize = judged.into_iter().map(of).sum();
    let mut text = match grants {
        0 => "no grant".to_owned(),
        grants => count_of(grants, "grant"),
    };
    text.push_str(&format!(" in {}", count_of(assessment.resource_changes, "resource change")));
    if !parts.is_empty() {
        text.push_str(&format!(": {}", parts.join(", ")));
    }
    if of(Verdict::Unchanged) > 0 {
        text.push_str(&format!("; {} unchanged", of(Verdict::Unchanged)));
    }
    if !assessment.findings.is_empty() {
        text.push_str(&format!("; {}", count_of(assessment.findings.len(), "finding")));
    }
    text
}
