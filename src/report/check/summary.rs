//! What every format says of a report as a whole, and how it names a finding.

use std::collections::BTreeMap;

use super::CheckReport;
use super::model::{Counts, DutyEntry, ExceptionUseEntry, FindingEntry};
use crate::report::words::count_of;

/// The page that describes every code.
pub(super) const INFORMATION: &str = env!("CARGO_PKG_REPOSITORY");

/// What formats of findings call an exception by which grants passed.
pub(super) const EXCEPTED: &str = "excepted";

/// Says in one line what came out: `blocked: 5 grants in 7 resource changes: 5 approved`.
pub(super) fn summarize(report: &CheckReport<'_>) -> String {
    format!("{}: {}", report.verdict, summarize_counts(report))
}

/// As [`summarize`], below a heading that has the verdict.
pub(super) fn summarize_counts(report: &CheckReport<'_>) -> String {
    let subject = if report.sources.is_empty() { Counted::Changes } else { Counted::Objects };
    describe_counts(&report.counts, report.findings.len(), subject)
}

/// What grants were found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// Resource changes of plans.
    Changes,
    /// Objects that exist, in the inputs of `verify`.
    Objects,
}

/// Says what was judged and what came out, in one line.
pub(super) fn describe_counts(counts: &Counts, findings: usize, counted: Counted) -> String {
    let (each, whole) = match counted {
        Counted::Changes => ("resource change", "plan"),
        Counted::Objects => ("existing object", "input"),
    };
    let parts = [
        (counts.approved, "approved"),
        (counts.excepted, "excepted"),
        (counts.exceeds, "exceeding"),
        (counts.unapproved, "unapproved"),
        (counts.undecided, "undecided"),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    let parts: Vec<String> = parts.collect();
    let mut text = match counts.grants {
        0 => "no grant".to_owned(),
        grants => count_of(grants, "grant"),
    };
    text.push_str(&format!(" in {}", count_of(counts.resource_changes, each)));
    if counts.plans > 1 {
        text.push_str(&format!(" of {}", count_of(counts.plans, whole)));
    }
    if !parts.is_empty() {
        text.push_str(&format!(": {}", parts.join(", ")));
    }
    if counts.unchanged > 0 {
        text.push_str(&format!("; {} unchanged", counts.unchanged));
    }
    if counts.declared > 0 {
        text.push_str(&format!("; {} declared without access", counts.declared));
    }
    if findings > 0 {
        text.push_str(&format!("; {}", count_of(findings, "finding")));
    }
    text
}

/// Says for each exception by which grants passed who let them by, until when, and who has to do what afterwards.
pub(super) fn describe_exceptions(report: &CheckReport<'_>) -> Vec<String> {
    report.exceptions.iter().map(describe_exception).collect()
}

/// Says the same of one.
pub(super) fn describe_exception(exception: &ExceptionUseEntry<'_>) -> String {
    let owed = |duty: &DutyEntry<'_>| {
        let done = if duty.done { " (said to be done)" } else { "" };
        format!("{}: {} by {}{done}", duty.duty.replace('_', " "), duty.owner.name, duty.due)
    };
    let duties: Vec<String> = exception.duties.iter().map(owed).collect();
    format!(
        "excepted by {}: {} on system {} until {} ({}); approved by {}; {}",
        exception.id,
        count_of(exception.grants, "grant"),
        exception.system,
        exception.expires_at,
        exception.incident,
        exception.approvers.join(", "),
        duties.join("; ")
    )
}

/// Names a finding in one line: what is wrong, and with what.
pub(super) fn name_finding(finding: &FindingEntry<'_>) -> String {
    let ticket = finding.ticket.as_ref().map(|ticket| format!(" ({ticket})")).unwrap_or_default();
    format!("{} {}{ticket}", finding.code, name_object(finding))
}

/// Names what a finding is about.
pub(super) fn name_object<'a>(finding: &'a FindingEntry<'_>) -> &'a str {
    finding.address.as_deref().unwrap_or("the plan")
}

/// Says who answers, in which role, and how to reach them.
pub(super) fn describe_owner(finding: &FindingEntry<'_>) -> String {
    let owner = &finding.owner;
    let contact = owner.contact.as_ref().map(|contact| format!(" ({contact})")).unwrap_or_default();
    format!("{}{contact} as {}", owner.name, owner.role.replace('_', " "))
}

/// What one owner has to answer for.
#[derive(Debug, Default)]
pub(super) struct OwnerShare<'a> {
    pub(super) findings: usize,
    /// Each once, in order.
    pub(super) tickets: Vec<&'a str>,
}

/// Says for each owner how many findings there are, and under which tickets.
pub(super) fn list_owners<'a>(report: &'a CheckReport<'_>) -> BTreeMap<&'a str, OwnerShare<'a>> {
    share_findings(report.findings.iter().map(|finding| (&*finding.owner.name, finding.ticket.as_deref())))
}

/// The same of the owners and tickets of findings.
pub(super) fn share_findings<'a>(
    findings: impl Iterator<Item = (&'a str, Option<&'a str>)>,
) -> BTreeMap<&'a str, OwnerShare<'a>> {
    let mut owners: BTreeMap<&str, OwnerShare<'_>> = BTreeMap::new();
    for (owner, ticket) in findings {
        let share = owners.entry(owner).or_default();
        share.findings += 1;
        share.tickets.extend(ticket);
    }
    for share in owners.values_mut() {
        share.tickets.sort_unstable();
        share.tickets.dedup();
    }
    owners
}
