//! What was decided, on the wire: each grant with its tickets, the approvals behind them, findings and counts.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::catalog::Used;
use crate::finding::{Assessment, Finding, FindingMessage, Judged, Owner, RUN_KIND, Site, Verdict};
use crate::manifest::{Approval, Manifest};
use crate::report::words::describe_step;

/// How much was looked at, and what came out.
#[derive(Serialize)]
pub(super) struct CoverageWire {
    /// Whether what the plan leaves alone was judged as well.
    extent: &'static str,
    plans: usize,
    resource_changes: usize,
    /// Objects that no rule reads and that a declaration let by.
    declared: usize,
    /// Objects that no rule reads and that block.
    unread: usize,
    /// Judged: access and what runs.
    grants: usize,
    /// Of these, what runs.
    runs: usize,
    approved: usize,
    excepted: usize,
    exceeds: usize,
    unapproved: usize,
    undecided: usize,
    unchanged: usize,
    /// Grants that the plan leaves alone and that were not judged.
    untouched: usize,
    findings: usize,
}

impl CoverageWire {
    pub(super) fn new(assessment: &Assessment, judges_all: bool) -> Self {
        let count = |verdict| assessment.grants.iter().filter(|grant| grant.verdict == verdict).count();
        let unread = |finding: &Finding| match finding.message {
            FindingMessage::Unread { .. } => 1,
            FindingMessage::UnreadProvider { count, .. } => count,
            FindingMessage::Unapproved { .. }
            | FindingMessage::Undecided { .. }
            | FindingMessage::Flawed { .. }
            | FindingMessage::Replaced { .. }
            | FindingMessage::Exceeds { .. }
            | FindingMessage::Run { .. }
            | FindingMessage::LateDuty { .. }
            | FindingMessage::Rollback { .. }
            | FindingMessage::Alarm(_) => 0,
        };
        Self {
            extent: if judges_all { "all" } else { "changes" },
            plans: assessment.plans,
            resource_changes: assessment.resource_changes,
            declared: assessment.count_declared(),
            unread: assessment.findings.iter().map(unread).sum(),
            grants: assessment.grants.len(),
            runs: assessment.grants.iter().filter(|grant| grant.kind == RUN_KIND).count(),
            approved: count(Verdict::Approved),
            excepted: count(Verdict::Excepted),
            exceeds: count(Verdict::Exceeds),
            unapproved: count(Verdict::Unapproved),
            undecided: count(Verdict::Undecided),
            unchanged: count(Verdict::Unchanged),
            untouched: assessment.untouched,
            findings: assessment.findings.len(),
        }
    }
}

/// A grant that was judged.
#[derive(Serialize)]
pub(super) struct GrantWire<'a> {
    address: &'a str,
    r#type: &'a str,
    provider: &'a str,
    kind: &'static str,
    module: &'a str,
    site: Option<SiteWire<'a>>,
    principals: &'a [String],
    verdict: &'static str,
    tickets: &'a [String],
    approvers: BTreeSet<&'a str>,
    owner: Option<OwnerWire<'a>>,
    approved_on: Option<String>,
    expires_on: Option<String>,
    access_digest: Option<&'a str>,
    shape_digest: Option<&'a str>,
    runs: &'a [String],
    content: Vec<ContentWire<'a>>,
}

impl<'a> GrantWire<'a> {
    pub(super) fn new(grant: &'a Judged, manifest: &'a Manifest) -> Self {
        let approvals: Vec<&Approval> =
            grant.tickets.iter().filter_map(|ticket| manifest.find_decision(ticket)).collect();
        let evidence = grant.evidence.as_deref();
        let digests = evidence.and_then(|evidence| evidence.digests.as_ref());
        Self {
            address: &grant.address,
            r#type: &grant.type_name,
            provider: &grant.provider,
            kind: grant.kind,
            module: evidence.map_or("", |evidence| &evidence.module),
            site: evidence.and_then(|evidence| evidence.site.as_ref()).map(SiteWire::new),
            principals: &grant.principals,
            verdict: grant.verdict.word(),
            tickets: &grant.tickets,
            approvers: approvals.iter().flat_map(|approval| list_approvers(approval)).collect(),
            owner: evidence.map(|evidence| OwnerWire::new(&evidence.owner)),
            // It rests on all of them, so it was approved with the last and ends with the first.
            approved_on: spell_day(approvals.iter().map(|approval| approval.approved_on.value).max()),
            expires_on: spell_day(approvals.iter().map(|approval| approval.expires_on.value).min()),
            access_digest: digests.map(|digests| digests.access.as_str()),
            shape_digest: digests.map(|digests| digests.shape.as_str()),
            runs: evidence.map_or(&[], |evidence| &evidence.runs),
            content: grant.content.iter().map(ContentWire::new).collect(),
        }
    }
}

fn spell_day(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

fn list_approvers(approval: &Approval) -> impl Iterator<Item = &str> {
    approval.approvers.iter().map(|approver| approver.value.as_str())
}

#[derive(Serialize)]
struct SiteWire<'a> {
    file: &'a str,
    line: usize,
}

impl<'a> SiteWire<'a> {
    fn new(site: &'a Site) -> Self {
        Self { file: &site.file, line: site.line }
    }
}

/// A role that was judged by its content.
#[derive(Serialize)]
struct ContentWire<'a> {
    role: &'a str,
    version: Option<&'a str>,
    date: String,
}

impl<'a> ContentWire<'a> {
    fn new(used: &'a Used) -> Self {
        Self { role: &used.role, version: used.version.as_deref(), date: used.source.date.to_string() }
    }
}

#[derive(Serialize)]
pub(super) struct OwnerWire<'a> {
    name: &'a str,
    role: &'static str,
    because: String,
}

impl<'a> OwnerWire<'a> {
    pub(super) fn new(owner: &'a Owner) -> Self {
        Self { name: &owner.name, role: owner.role.name(), because: describe_step(&owner.found_by) }
    }
}

/// An approval that a grant rests on, or that did not suffice.
#[derive(Serialize)]
pub(super) struct ApprovalWire<'a> {
    ticket: &'a str,
    system: Option<&'a str>,
    requester: Option<&'a str>,
    approvers: Vec<&'a str>,
    approved_on: String,
    starts_on: String,
    expires_on: String,
    file: &'a str,
    line: usize,
}

/// The approvals of all tickets of grants, in order of ticket.
pub(super) fn list_approvals<'a>(grants: &'a [Judged], manifest: &'a Manifest) -> Vec<ApprovalWire<'a>> {
    let tickets: BTreeSet<&str> =
        grants.iter().flat_map(|grant| &grant.tickets).map(String::as_str).collect();
    tickets.into_iter().filter_map(|ticket| manifest.find_decision(ticket)).map(ApprovalWire::new).collect()
}

impl<'a> ApprovalWire<'a> {
    fn new(approval: &'a Approval) -> Self {
        Self {
            ticket: &approval.id,
            system: approval.system_name(),
            requester: approval.requester.as_ref().map(|requester| requester.value.as_str()),
            approvers: list_approvers(approval).collect(),
            approved_on: approval.approved_on.value.to_string(),
            starts_on: approval.starts().to_string(),
            expires_on: approval.expires_on.value.to_string(),
            file: &approval.place.source.name,
            line: approval.line(),
        }
    }
}

/// What is wrong, and who answers. What it says in words is the reports'.
#[derive(Serialize)]
pub(super) struct FindingWire<'a> {
    code: &'static str,
    severity: &'static str,
    side: &'static str,
    address: Option<&'a str>,
    ticket: Option<&'a str>,
    group: &'a str,
    owner: OwnerWire<'a>,
    controls: &'static [&'static str],
}

impl<'a> FindingWire<'a> {
    pub(super) fn new(finding: &'a Finding) -> Self {
        Self {
            code: finding.code.name(),
            severity: finding.severity.word(),
            side: finding.code.side().word(),
            address: finding.address.as_deref(),
            ticket: finding.ticket.as_deref(),
            group: &finding.group,
            owner: OwnerWire::new(&finding.owner),
            controls: finding.code.row().controls,
        }
    }
}
