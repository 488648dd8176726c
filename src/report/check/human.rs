//! The report for people: what happened, to which grant, who answers, what to do next.
//!
//! Every foreign text goes through [`for_terminal`], so nothing in a plan can write to the terminal. The width is a
//! parameter; names that are longer than a line stay whole, so that they can be copied.

use std::io::{self, Write};

use anstyle::Style;

use super::{ReportContext, escalation};
use crate::finding::{
    AccessStatement, Assessment, ComparedAccess, DeclaredUse, Finding, Judged, PlannedAccess, RunDigest,
    Site, SiteKind, Verdict,
};
use crate::report::escape::for_terminal;
use crate::report::finding_words::{describe_message, describe_note, describe_remedy};
use crate::report::look::{BOLD, DIM, GREEN, Look, RED, YELLOW, paragraph, write_whole_lines, write_wrapped};
use crate::report::statement_words::describe_statement;
use crate::report::words::{count_of, describe_excess, describe_request, describe_step};
use crate::rules::additional::AdditionalPack;
use crate::words::describe_assumption;

/// Grants that pass and are listed one by one, at most: what blocks has to stay in view.
const MAX_PASSING: usize = 20;

/// Statements that are shown of each side of a finding, at most: the JSON report has all of them.
const MAX_STATEMENTS: usize = 8;

/// Types of a pack of `--rules` that are named, at most: the JSON report has all of them.
const MAX_TYPES: usize = 8;

/// Writes an assessment. The writer drops the colours where they are not wanted.
///
/// # Errors
///
/// What the writer could not take.
pub fn write(
    assessment: &Assessment,
    context: ReportContext,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in &assessment.findings {
        write_finding(finding, look, out)?;
    }
    if !look.quiet {
        write_passing(&assessment.grants, look, out)?;
        escalation::write(&assessment.escalations, look, out)?;
        for assumption in &assessment.assumptions {
            paragraph("assumed", &describe_assumption(assumption), look, DIM, out)?;
        }
        for declared in &assessment.declared {
            paragraph("declared", &describe_declared(declared), look, DIM, out)?;
        }
        for pack in &assessment.rule_packs {
            paragraph("rules", &describe_pack(pack), look, DIM, out)?;
        }
        for digest in &assessment.plan_files {
            paragraph("plan", &format!("{} is sha256:{}", digest.name, digest.sha256), look, DIM, out)?;
        }
        for file in &assessment.read_files {
            paragraph("file", &format!("{} is sha256:{}", file.path, file.sha256), look, DIM, out)?;
        }
        for source in &assessment.catalogs {
            paragraph("catalog", &source.to_string(), look, DIM, out)?;
        }
        let has_notes = !(assessment.assumptions.is_empty()
            && assessment.catalogs.is_empty()
            && assessment.declared.is_empty()
            && assessment.rule_packs.is_empty());
        if has_notes {
            writeln!(out)?;
        }
    }
    write_summary(assessment, context, look, out)
}

fn write_finding(finding: &Finding, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let address = finding.address.as_deref().unwrap_or("the plan");
    write!(out, "{RED}{}{RED:#} {BOLD}{}{BOLD:#}", finding.code.name(), for_terminal(address))?;
    if let Some(ticket) = &finding.ticket {
        write!(out, " ({})", for_terminal(ticket))?;
    }
    writeln!(out, ", {}", finding.severity.word())?;
    paragraph("", &describe_message(finding), look, Style::new(), out)?;
    if let Some(access) = &finding.access {
        write_access(access, look, out)?;
    }
    if let (Some(run), Some(address)) = (&finding.run, &finding.address) {
        write_run_block(run, address, out)?;
    }
    for note in &finding.notes {
        paragraph("note", &describe_note(note), look, Style::new(), out)?;
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
    if let Some(sites) = describe_sites(&finding.sites) {
        paragraph("see", &sites, look, Style::new(), out)?;
    }
    paragraph("next", &describe_remedy(finding), look, BOLD, out)?;
    writeln!(out)
}

/// Writes the block by which an approval would name what runs. It is for copying, so its lines stay whole.
fn write_run_block(run: &RunDigest, address: &str, out: &mut dyn Write) -> io::Result<()> {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let lines = [
        format!("run \"{}\" {{", quoted(&run.kind)),
        format!("  address = \"{}\"", quoted(address)),
        format!("  sha256  = \"{}\"", run.sha256),
        "}".to_owned(),
    ];
    write_whole_lines("run", &lines, out)
}

/// Writes what was approved and what is planned, one statement a paragraph.
fn write_access(access: &ComparedAccess, look: Look, out: &mut dyn Write) -> io::Result<()> {
    write_statements("approved", &access.approved, look, out)?;
    match &access.planned {
        PlannedAccess::Sensitive => {
            paragraph("planned", "(sensitive in the plan, so it is not shown)", look, Style::new(), out)
        }
        PlannedAccess::Statements(statements) => write_statements("planned", statements, look, out),
    }
}

fn write_statements(
    label: &str,
    statements: &[AccessStatement],
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    for statement in statements.iter().take(MAX_STATEMENTS) {
        paragraph(label, &describe_statement(statement), look, Style::new(), out)?;
    }
    match statements.len().saturating_sub(MAX_STATEMENTS) {
        0 => Ok(()),
        more => paragraph(label, &format!("and {more} more"), look, Style::new(), out),
    }
}

/// Names the places of a finding that its reader can change; what stands there is said where there are several.
fn describe_sites(sites: &[Site]) -> Option<String> {
    let shown: Vec<&Site> = sites.iter().filter(|site| site.what != SiteKind::Rule).collect();
    let places = shown.iter().map(|site| match shown.len() {
        1 => format!("{}:{}", site.file, site.line),
        _ => format!("{}:{} ({})", site.file, site.line, site.what.word()),
    });
    (!shown.is_empty()).then(|| places.collect::<Vec<_>>().join(", "))
}

fn write_passing(grants: &[Judged], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let passing: Vec<&Judged> = grants.iter().filter(|grant| grant.verdict.passes()).collect();
    for grant in passing.iter().take(MAX_PASSING) {
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
    if passing.len() > MAX_PASSING {
        writeln!(out, "and {} more grants that pass", passing.len() - MAX_PASSING)?;
    }
    if passing.is_empty() { Ok(()) } else { writeln!(out) }
}

/// Says which resource changes passed because the process owner declared that they give no access.
fn describe_declared(declared: &DeclaredUse) -> String {
    let what = declared.type_name.as_ref().unwrap_or(&declared.provider);
    format!(
        "{} of `{what}` without a rule: {} ({}:{})",
        count_of(declared.resource_changes, "resource change"),
        declared.reason,
        declared.file,
        declared.line
    )
}

/// Names a pack of `--rules` with what it takes out of the program's own judgement.
fn describe_pack(pack: &AdditionalPack) -> String {
    let list = |what: &str, types: &[String]| match types {
        [] => String::new(),
        few if few.len() <= MAX_TYPES => format!("; {what} `{}`", few.join("`, `")),
        many => {
            let (first, rest) = many.split_at(MAX_TYPES);
            format!("; {what} `{}` and {} more", first.join("`, `"), rest.len())
        }
    };
    let providers = match pack.providers.as_slice() {
        [] => "every provider".to_owned(),
        some => format!("`{}`", some.join("`, `")),
    };
    let (ignores, replaces) = (list("ignores", &pack.ignores), list("replaces the rule of", &pack.replaces));
    format!("the pack `{}` of `--rules` reads {providers}{ignores}{replaces}", pack.name)
}

fn write_summary(
    assessment: &Assessment,
    context: ReportContext,
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
    if assessment.plans > 1 {
        text.push_str(&format!(" of {}", count_of(assessment.plans, "plan")));
    }
    if !parts.is_empty() {
        text.push_str(&format!(": {}", parts.join(", ")));
    }
    if of(Verdict::Unchanged) > 0 {
        text.push_str(&format!("; {} unchanged", of(Verdict::Unchanged)));
    }
    if assessment.count_declared() > 0 {
        text.push_str(&format!("; {} declared without access", assessment.count_declared()));
    }
    if !assessment.findings.is_empty() {
        text.push_str(&format!("; {}", count_of(assessment.findings.len(), "finding")));
    }
    text
}
