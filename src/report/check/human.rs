//! The report for people: what happened, to which grant, who answers, what to do next.
//!
//! Every foreign text goes through [`for_terminal`], so nothing in a plan can write to the terminal. The width is a
//! parameter; names that are longer than a line stay whole, so that they can be copied.

mod delivery;
mod dry_run;
mod exception;
mod finding;
mod lines;
mod owners;

use std::io::{self, Write};

use anstyle::Style;

use super::model::Counts;
use super::summary::{Counted, describe_counts};
use super::{ReportContext, escalation};
use crate::finding::{Assessment, DeclaredUse, Judged, Verdict};
use crate::grants::Assumption;
use crate::report::escape::for_terminal;
use crate::report::look::{BOLD, DIM, GREEN, Look, ORANGE, RED, write_paragraph, write_wrapped};
use crate::report::words::count_of;
use crate::rules::additional::AdditionalPack;
use crate::trust::{TrustKind, TrustSource, TrustedCommit};
use crate::words::describe_assumption;

/// Grants that pass and are listed one by one, at most: what blocks has to stay in view.
const MAX_PASSING: usize = 20;

/// Types of a pack of `--rules` that are named, at most: the JSON report has all of them.
const MAX_TYPES: usize = 8;

/// Digits of a commit that people are shown: as many as tell the commits of the largest repositories apart.
const SHORT_ID: usize = 12;

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
    if let Some(absence) = dry_run::find_absence(assessment) {
        write_missing_facts(assessment, look, out)?;
        dry_run::write(assessment, absence, look, out)?;
        return write_summary(assessment, context, look, out);
    }
    write_missing_facts(assessment, look, out)?;
    owners::write_findings(&assessment.findings, look, out)?;
    exception::write(&assessment.exceptions, look, out)?;
    if !look.quiet {
        write_passing(&assessment.grants, look, out)?;
        escalation::write(&assessment.escalations, look, out)?;
        for text in describe_assumptions(&assessment.assumptions) {
            write_paragraph("assumed", &text, look, DIM, out)?;
        }
        for declared in &assessment.declared {
            write_paragraph("declared", &describe_declared(declared), look, DIM, out)?;
        }
        for pack in &assessment.rule_packs {
            write_paragraph("rules", &describe_pack(pack), look, DIM, out)?;
        }
        for digest in &assessment.plan_files {
            write_paragraph("plan", &format!("{} is sha256:{}", digest.name, digest.sha256), look, DIM, out)?;
        }
        for file in &assessment.read_files {
            write_paragraph("file", &format!("{} is sha256:{}", file.path, file.sha256), look, DIM, out)?;
        }
        for source in &assessment.catalogs {
            write_paragraph("catalog", &source.to_string(), look, DIM, out)?;
        }
        if let Some(delivery) = &assessment.delivery {
            delivery::write(delivery, look, out)?;
        }
        let has_notes = !(assessment.assumptions.is_empty()
            && assessment.catalogs.is_empty()
            && assessment.declared.is_empty()
            && assessment.rule_packs.is_empty());
        if has_notes {
            writeln!(out)?;
        }
    }
    owners::write_table(&assessment.findings, look, out)?;
    write_summary(assessment, context, look, out)
}

/// Writes which facts are missing, with what gives each of them.
fn write_missing_facts(assessment: &Assessment, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let missing = assessment.missing_facts();
    let (Some(first), waiting) = (missing.keys().next(), missing.values().sum::<usize>()) else {
        return Ok(());
    };
    let facts = count_of(missing.len(), "missing fact");
    writeln!(out, "{ORANGE}{facts}{ORANGE:#}, needed by {}", count_of(waiting, "finding"))?;
    for (fact, count) in &missing {
        let text = format!("--fact {}=…", fact.fact);
        let whose = format!("{text}  (provider {}, {})", fact.provider, count_of(*count, "finding"));
        write_paragraph("", &whose, look, BOLD, out)?;
    }
    let block = format!("or in the manifest: fact \"{}\" {{ value = \"…\" }}", first.fact);
    write_paragraph("", &block, look, Style::new(), out)?;
    writeln!(out)
}

fn write_passing(grants: &[Judged], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let mut passing: Vec<&Judged> = grants.iter().filter(|grant| grant.verdict.passes()).collect();
    // What passed by an exception is always in view.
    passing.sort_by_key(|grant| grant.verdict != Verdict::Excepted);
    for grant in passing.iter().take(MAX_PASSING) {
        let word = grant.verdict.word();
        let style = if grant.verdict == Verdict::Excepted { ORANGE } else { GREEN };
        write!(out, "{style}{word}{style:#} {}", for_terminal(&grant.address))?;
        match grant.verdict {
            Verdict::Approved | Verdict::Excepted => {
                writeln!(out, " ({})", for_terminal(&grant.tickets.join(", ")))?
            }
            Verdict::Unchanged | Verdict::Undecided | Verdict::Exceeds | Verdict::Unapproved => {
                writeln!(out, " (adds no access)")?;
            }
        }
        for used in &grant.content {
            write_paragraph("content", &used.to_string(), look, Style::new(), out)?;
        }
    }
    if passing.len() > MAX_PASSING {
        writeln!(out, "and {} more grants that pass", passing.len() - MAX_PASSING)?;
    }
    if passing.is_empty() { Ok(()) } else { writeln!(out) }
}

/// Says what was assumed; of attributes that no schema has, all at once.
fn describe_assumptions(assumptions: &[Assumption]) -> Vec<String> {
    let mut attributes = Vec::new();
    let mut texts = Vec::new();
    for assumption in assumptions {
        match assumption {
            Assumption::HarmlessAttribute { type_name, attribute } => {
                attributes.push(format!("`{attribute}` of {type_name}"));
            }
            Assumption::TrustedReferences
            | Assumption::SourcesWaived
            | Assumption::ProtectedRef { .. }
            | Assumption::UnseenHistory { .. }
            | Assumption::HarmlessDataSource { .. }
            | Assumption::CurrentCatalog { .. } => texts.push(describe_assumption(assumption)),
        }
    }
    match (attributes.len(), assumptions.iter().find(|one| matches!(one, Assumption::HarmlessAttribute { .. }))) {
        (0, _) | (_, None) => {}
        (1, Some(only)) => texts.push(describe_assumption(only)),
        (_, Some(_)) => texts.push(format!(
            "these attributes give no access: this version does not know them, and neither their names nor their values \
             speak of access: {}",
            attributes.join(", ")
        )),
    }
    texts
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
    let counted = if assessment.delivery.is_some() { Counted::Objects } else { Counted::Changes };
    let (style, word) = match (assessment.is_allowed(), counted) {
        (true, Counted::Changes) => (GREEN, "allowed"),
        (false, Counted::Changes) => (RED, "blocked"),
        (true, Counted::Objects) => (GREEN, "as approved"),
        (false, Counted::Objects) => (RED, "not as approved"),
    };
    let trust = match dry_run::find_absence(assessment) {
        Some(_) => "dry run".to_owned(),
        None => describe_trust(&assessment.trust),
    };
    let line = format!(
        "{} (as of {}, {trust})",
        describe_counts(&Counts::new(assessment), assessment.findings.len(), counted),
        context.as_of
    );
    write!(out, "{style}{word}{style:#}: ")?;
    write_wrapped(&line, word.len() + 2, look, out)
}

/// Says where the approvals were read: whoever can write there can approve.
fn describe_trust(trust: &TrustSource) -> String {
    match (&trust.commit, trust.kind) {
        (Some(TrustedCommit { given, id, reference }), _) => match reference {
            Some(_) => format!("approvals of {given} at {}", id.get(..SHORT_ID).unwrap_or(id)),
            None => format!("approvals of commit {}", id.get(..SHORT_ID).unwrap_or(id)),
        },
        (None, TrustKind::Outside) => format!("approvals of {}", trust.path),
        (None, TrustKind::WorkTree | TrustKind::Commit) => "approvals of the work tree".to_owned(),
    }
}
