//! The report for people: what happened, to which grant, who answers, what to do next.
//!
//! Every foreign text goes through [`visible`], so nothing in a plan can write to the terminal. The width is a
//! parameter; names that are longer than a line stay whole, so that they can be copied.

use std::io::{self, Write};

use anstyle::Style;

use super::look::{BOLD, DIM, GREEN, Look, RED, YELLOW, paragraph, wrapping};
use super::{Context, escalation};
use crate::finding::{Assessment, Finding, Judged, Verdict};
use crate::lower::azure;
use crate::source::visible;

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
    write!(out, "{RED}{}{RED:#} {BOLD}{}{BOLD:#}", finding.code.name(), visible(address))?;
    match &finding.ticket {
        Some(ticket) => writeln!(out, " ({})", visible(ticket))?,
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
        paragraph("example", &example(&witness.request), look, YELLOW, out)?;
        if let Some(also) = also(&finding.excess, &witness.request) {
            paragraph("also", &also, look, YELLOW, out)?;
        }
    }
    let owner = &finding.owner;
    let contact = owner.contact.as_ref().map(|contact| format!(" ({contact})")).unwrap_or_default();
    let answers = format!("{}{contact} as {}: {}", owner.name, owner.role.word(), owner.because);
    paragraph("answers", &answers, look, BOLD, out)?;
    let failed = format!("the {}: {}", finding.side.word(), finding.side.meaning());
    paragraph("failed", &failed, look, Style::new(), out)?;
    if let Some(location) = &finding.location {
        paragraph("see", &format!("{}:{}", location.file, location.line), look, Style::new(), out)?;
    }
    paragraph("next", &finding.remedy, look, BOLD, out)?;
    writeln!(out)
}

/// A request in words.
pub(super) fn example(request: &access_algebra::Request) -> String {
    let who = if request.principal.is_empty() { "anybody" } else { &request.principal };
    let mut text = format!("{who} could do {} on {}", request.action, request.resource);
    // Which of Azure's planes an action is on, its name tells.
    let telling = request.context.iter().filter(|(key, _)| &***key != azure::PLANE);
    for (at, (key, value)) in telling.enumerate() {
        text.push_str(if at == 0 { " with " } else { " and " });
        match value {
            access_algebra::Context::One(value) => text.push_str(&format!("{key} = {value}")),
            access_algebra::Context::Many(values) => {
                text.push_str(&format!("{key} = [{}]", values.join(", ")))
            }
        }
    }
    text
}

/// What else is wider there, in one line.
pub(super) fn also(excess: &[String], request: &access_algebra::Request) -> Option<String> {
    let mut others = excess.iter().filter(|action| !action.eq_ignore_ascii_case(&request.action));
    let (first, more) = (others.next()?, others.count());
    Some(match more {
        0 => format!("{first} on {}", request.resource),
        1 => format!("{first} and 1 more action on {}", request.resource),
        more => format!("{first} and {more} more actions on {}", request.resource),
    })
}

fn write_passing(grants: &[Judged], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let passing: Vec<&Judged> = grants.iter().filter(|grant| grant.verdict.passes()).collect();
    for grant in passing.iter().take(LISTED) {
        let word = grant.verdict.word();
        write!(out, "{GREEN}{word}{GREEN:#} {}", visible(&grant.address))?;
        match grant.verdict {
            Verdict::Approved => writeln!(out, " ({})", visible(&grant.tickets.join(", ")))?,
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
    for (at, line) in
        textwrap::wrap(&line, wrapping(look.width.saturating_sub(word.len() + 2))).iter().enumerate()
    {
        if at == 0 {
            writeln!(out, "{style}{word}{style:#}: {line}")?;
        } else {
            writeln!(out, "         {line}")?;
        }
    }
    Ok(())
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
        grants => plural(grants, "grant"),
    };
    text.push_str(&format!(" in {}", plural(assessment.resource_changes, "resource change")));
    if !parts.is_empty() {
        text.push_str(&format!(": {}", parts.join(", ")));
    }
    if of(Verdict::Unchanged) > 0 {
        text.push_str(&format!("; {} unchanged", of(Verdict::Unchanged)));
    }
    if !assessment.findings.is_empty() {
        text.push_str(&format!("; {}", plural(assessment.findings.len(), "finding")));
    }
    text
}

fn plural(count: usize, name: &str) -> String {
    if count == 1 { format!("1 {name}") } else { format!("{count} {name}s") }
}
