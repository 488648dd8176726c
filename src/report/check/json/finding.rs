//! A finding on the wire.

use serde::Serialize;

use super::access::{AccessWire, Table};
use crate::finding::{AccessStatement, Finding, Informed, Owner, Site};
use crate::report::finding_words::{describe_message, describe_note, describe_remedy};
use crate::report::wire::WitnessWire;
use crate::report::words::describe_step;

#[derive(Serialize)]
pub(super) struct FindingWire<'a> {
    code: &'static str,
    severity: &'static str,
    address: Option<&'a str>,
    ticket: Option<&'a str>,
    group: &'a str,
    side: &'static str,
    owner: OwnerWire<'a>,
    informed: Vec<InformedWire<'a>>,
    message: String,
    access: Option<AccessWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<RunWire<'a>>,
    notes: Vec<String>,
    witness: Option<WitnessWire<'a>>,
    excess: Option<usize>,
    remedy: String,
    controls: Vec<&'static str>,
    sites: Vec<SiteWire<'a>>,
}

/// What runs, as a `run` block of an approval names it.
#[derive(Serialize)]
struct RunWire<'a> {
    r#type: &'a str,
    sha256: &'a [String],
}

#[derive(Serialize)]
struct OwnerWire<'a> {
    name: &'a str,
    role: &'static str,
    because: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<&'a str>,
}

/// Somebody who is told of it.
#[derive(Serialize)]
struct InformedWire<'a> {
    role: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
}

#[derive(Serialize)]
struct SiteWire<'a> {
    what: &'static str,
    file: &'a str,
    line: usize,
    column: usize,
}

/// What findings refer to.
#[derive(Debug, Default)]
pub(super) struct FindingTables<'a> {
    pub(super) statements: Table<'a, AccessStatement>,
    pub(super) action_lists: Table<'a, [String]>,
}

impl<'a> FindingWire<'a> {
    pub(super) fn new(finding: &'a Finding, tables: &mut FindingTables<'a>) -> Self {
        let access = finding.access.as_ref();
        Self {
            code: finding.code.name(),
            severity: finding.severity.word(),
            address: finding.address.as_deref(),
            ticket: finding.ticket.as_deref(),
            group: &finding.group,
            side: finding.code.side().word(),
            owner: OwnerWire::new(&finding.owner),
            informed: finding.informed.iter().map(InformedWire::new).collect(),
            message: describe_message(finding),
            access: access.map(|access| AccessWire::new(access, &mut tables.statements)),
            waits_for: finding.waits_for.as_ref().map(|missing| missing.fact.as_str()),
            run: finding.run.as_ref().map(|run| RunWire { r#type: &run.kind, sha256: &run.sha256 }),
            notes: finding.notes.iter().map(describe_note).collect(),
            witness: finding.witness.as_ref().map(WitnessWire::new),
            excess: (!finding.excess.is_empty()).then(|| tables.action_lists.place(&finding.excess)),
            remedy: describe_remedy(finding),
            controls: finding.controls().collect(),
            sites: finding.sites.iter().map(SiteWire::new).collect(),
        }
    }
}

impl<'a> OwnerWire<'a> {
    fn new(owner: &'a Owner) -> Self {
        Self {
            name: &owner.name,
            role: owner.role.name(),
            because: describe_step(&owner.found_by),
            contact: owner.contact.as_deref(),
        }
    }
}

impl<'a> InformedWire<'a> {
    fn new(informed: &'a Informed) -> Self {
        Self { role: informed.role.name(), name: informed.name.as_deref() }
    }
}

impl<'a> SiteWire<'a> {
    fn new(site: &'a Site) -> Self {
        Self { what: site.what.word(), file: &site.file, line: site.line, column: site.column }
    }
}
