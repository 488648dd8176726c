//! The report of a dry run, for people: there is no manifest, so it says what would need an approval, who answers for it
//! today, what has to be settled first, and how to begin.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use anstyle::Style;

use crate::address;
use crate::finding::{Assessment, ComparedAccess, Finding, FindingMessage, Owner, OwnerStep, PlannedAccess};
use crate::plan::AlarmCause;
use crate::report::escape::for_terminal;
use crate::report::finding_words::{describe_cause, describe_message, describe_wanted};
use crate::report::look::{BOLD, Look, ORANGE, write_paragraph, write_whole_lines};
use crate::report::remedy_words::describe_remedy;
use crate::report::statement_words::describe_statement;
use crate::report::words::{count_of, describe_step};

/// Entries of one place that are shown, at most: the JSON report has all of them.
const MAX_ENTRIES: usize = 12;

/// Statements that are shown of one entry, at most.
const MAX_STATEMENTS: usize = 3;

/// Returns what says that there is no manifest, where that is so.
pub(super) fn find_absence(assessment: &Assessment) -> Option<&Finding> {
    assessment.findings.iter().find(|finding| is_absence(finding))
}

fn is_absence(finding: &Finding) -> bool {
    matches!(finding.message, FindingMessage::Alarm(AlarmCause::NoManifest { .. }))
}

/// Writes what would need an approval, and what has to be settled otherwise.
pub(super) fn write(
    assessment: &Assessment,
    absence: &Finding,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{ORANGE}{}{ORANGE:#} {BOLD}dry run{BOLD:#}", absence.code.name())?;
    write_paragraph("", &describe_message(absence), look, Style::new(), out)?;
    let plan = assessment.plan_files.first().map_or("PLAN", |file| &file.name);
    let next = [
        format!("countersign init {plan} --approver LOGIN"),
        format!("countersign request {plan} --ticket TICKET --reason WHY --append approvals/TICKET.hcl"),
        format!("countersign check {plan}"),
    ];
    write_paragraph("answers", &describe_owner(&absence.owner), look, Style::new(), out)?;
    write_whole_lines("next", &next, out)?;
    writeln!(out)?;
    let others = || assessment.findings.iter().filter(|finding| !is_absence(finding));
    let (wanted, unsettled): (Vec<&Finding>, Vec<&Finding>) = others().partition(|one| is_approvable(one));
    let mut places: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in wanted {
        places.entry(place_of(finding)).or_default().push(finding);
    }
    for (place, findings) in &places {
        write_place(place, findings, look, out)?;
    }
    for finding in unsettled.iter().take(MAX_ENTRIES) {
        let address = finding.address.as_deref().unwrap_or("the plan");
        writeln!(out, "{ORANGE}{}{ORANGE:#} {BOLD}{}{BOLD:#}", finding.code.name(), for_terminal(address))?;
        write_paragraph("", &describe_message(finding), look, Style::new(), out)?;
        write_paragraph("next", &describe_remedy(finding), look, BOLD, out)?;
        writeln!(out)?;
    }
    if unsettled.len() > MAX_ENTRIES {
        writeln!(out, "and {} more that no approval settles\n", unsettled.len() - MAX_ENTRIES)?;
    }
    Ok(())
}

/// Whether an approval is what it lacks.
fn is_approvable(finding: &Finding) -> bool {
    match &finding.message {
        FindingMessage::Unapproved { .. }
        | FindingMessage::Undecided { .. }
        | FindingMessage::Exceeds { .. }
        | FindingMessage::Flawed { .. } => true,
        FindingMessage::Run { .. } => finding.run.is_some(),
        FindingMessage::Replaced { .. }
        | FindingMessage::Unread { .. }
        | FindingMessage::UnreadProvider { .. }
        | FindingMessage::LateDuty { .. }
        | FindingMessage::Rollback { .. }
        | FindingMessage::Alarm(_) => false,
    }
}

/// The outermost module of an object, which is likely to be of one team.
fn place_of(finding: &Finding) -> &str {
    let address = finding.address.as_deref().unwrap_or_default();
    let (module, _) = address::split_module(address).unwrap_or_default();
    let mut outermost = module;
    while let Some((holder, _)) = address::parent(outermost).filter(|(holder, _)| !holder.is_empty()) {
        outermost = holder;
    }
    outermost
}

/// Writes what would need an approval in one module, and who answers for it.
fn write_place(place: &str, findings: &[&Finding], look: Look, out: &mut dyn Write) -> io::Result<()> {
    let name = if place.is_empty() { "root module" } else { place };
    let count = count_of(findings.len(), "grant");
    writeln!(out, "{BOLD}{}{BOLD:#}: {count} would need an approval", for_terminal(name))?;
    let owners: BTreeSet<String> = findings.iter().map(|finding| describe_owner(&finding.owner)).collect();
    write_paragraph("answers", &owners.into_iter().collect::<Vec<_>>().join(", "), look, Style::new(), out)?;
    for finding in findings.iter().take(MAX_ENTRIES) {
        write_entry(finding, look, out)?;
    }
    if findings.len() > MAX_ENTRIES {
        writeln!(out, "  and {} more", findings.len() - MAX_ENTRIES)?;
    }
    writeln!(out)
}

/// Says who answers for a grant already, and why; there is no process owner yet.
fn describe_owner(owner: &Owner) -> String {
    match owner.found_by {
        OwnerStep::NobodyNearer | OwnerStep::ProcessCode => {
            "nobody is named yet: neither a manifest nor an owner tag nor CODEOWNERS names anybody".to_owned()
        }
        OwnerStep::Approved { .. }
        | OwnerStep::Requested { .. }
        | OwnerStep::ApprovalSystem { .. }
        | OwnerStep::Override { .. }
        | OwnerStep::SystemMatch { .. }
        | OwnerStep::SubjectOwner { .. }
        | OwnerStep::OwnerTag
        | OwnerStep::CodeOwners { .. } => format!("{} ({})", owner.name, describe_step(&owner.found_by)),
    }
}

fn write_entry(finding: &Finding, look: Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  {BOLD}{}{BOLD:#}", for_terminal(finding.address.as_deref().unwrap_or("the plan")))?;
    write_paragraph("what", &describe_wanted(finding), look, Style::new(), out)?;
    if let Some(ComparedAccess { planned: PlannedAccess::Statements(statements), .. }) = &finding.access {
        for statement in statements.iter().take(MAX_STATEMENTS) {
            write_paragraph("planned", &describe_statement(statement), look, Style::new(), out)?;
        }
        if statements.len() > MAX_STATEMENTS {
            let more = count_of(statements.len() - MAX_STATEMENTS, "statement");
            write_paragraph("and", &format!("{more} more"), look, Style::new(), out)?;
        }
    }
    match describe_cause(finding) {
        Some(cause) => write_paragraph("open", &cause, look, Style::new(), out),
        None => Ok(()),
    }
}
