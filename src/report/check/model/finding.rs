//! A finding in a report.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::access::{AccessEntry, Table};
use crate::finding::{AccessStatement, Finding, Informed, Owner, Site, SiteKind, SiteReach};
use crate::report::finding_words::{describe_message, describe_note};
use crate::report::remedy_words::describe_remedy;
use crate::report::wire::WitnessWire;
use crate::report::words::describe_step;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct FindingEntry<'a> {
    pub(in crate::report::check) code: Cow<'a, str>,
    pub(in crate::report::check) severity: Cow<'a, str>,
    pub(in crate::report::check) address: Option<Cow<'a, str>>,
    pub(in crate::report::check) ticket: Option<Cow<'a, str>>,
    pub(in crate::report::check) group: Cow<'a, str>,
    pub(in crate::report::check) side: Cow<'a, str>,
    pub(in crate::report::check) owner: OwnerEntry<'a>,
    pub(in crate::report::check) informed: Vec<InformedEntry<'a>>,
    pub(in crate::report::check) message: String,
    pub(in crate::report::check) access: Option<AccessEntry>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report::check) waits_for: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report::check) run: Option<RunEntry<'a>>,
    pub(in crate::report::check) notes: Vec<String>,
    pub(in crate::report::check) witness: Option<WitnessWire<'a>>,
    pub(in crate::report::check) excess: Option<usize>,
    pub(in crate::report::check) remedy: String,
    pub(in crate::report::check) controls: Vec<Cow<'a, str>>,
    pub(in crate::report::check) sites: Vec<SiteEntry<'a>>,
}

/// What runs, as a `run` block of an approval names it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct RunEntry<'a> {
    pub(in crate::report::check) r#type: Cow<'a, str>,
    pub(in crate::report::check) sha256: Cow<'a, [String]>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct OwnerEntry<'a> {
    pub(in crate::report::check) name: Cow<'a, str>,
    pub(in crate::report::check) role: Cow<'a, str>,
    pub(in crate::report::check) because: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report::check) contact: Option<Cow<'a, str>>,
}

/// Somebody who is told of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct InformedEntry<'a> {
    pub(in crate::report::check) role: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::report::check) name: Option<Cow<'a, str>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct SiteEntry<'a> {
    pub(in crate::report::check) what: Cow<'a, str>,
    pub(in crate::report::check) file: Cow<'a, str>,
    pub(in crate::report::check) line: usize,
    pub(in crate::report::check) column: usize,
    /// Whether the repository does not have the file as it was read.
    #[serde(default, skip_serializing_if = "is_in_repository")]
    pub(in crate::report::check) elsewhere: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_in_repository(elsewhere: &bool) -> bool {
    !elsewhere
}

/// What findings refer to.
#[derive(Debug, Default)]
pub(in crate::report::check) struct FindingTables<'a> {
    pub(super) statements: Table<'a, AccessStatement>,
    pub(super) action_lists: Table<'a, [String]>,
}

impl<'a> FindingEntry<'a> {
    pub(super) fn new(finding: &'a Finding, tables: &mut FindingTables<'a>) -> Self {
        let access = finding.access.as_ref();
        Self {
            code: finding.code.name().into(),
            severity: finding.severity.word().into(),
            address: finding.address.as_deref().map(Cow::from),
            ticket: finding.ticket.as_deref().map(Cow::from),
            group: (&finding.group).into(),
            side: finding.code.side().word().into(),
            owner: OwnerEntry::new(&finding.owner),
            informed: finding.informed.iter().map(InformedEntry::new).collect(),
            message: describe_message(finding),
            access: access.map(|access| AccessEntry::new(access, &mut tables.statements)),
            waits_for: finding.waits_for.as_ref().map(|missing| (&missing.fact).into()),
            run: finding
                .run
                .as_ref()
                .map(|run| RunEntry { r#type: (&run.kind).into(), sha256: (&run.sha256).into() }),
            notes: finding.notes.iter().map(describe_note).collect(),
            witness: finding.witness.as_ref().map(WitnessWire::new),
            excess: (!finding.excess.is_empty()).then(|| tables.action_lists.place(&finding.excess)),
            remedy: describe_remedy(finding),
            controls: finding.controls().map(Cow::from).collect(),
            sites: finding.sites.iter().map(SiteEntry::new).collect(),
        }
    }
}

impl<'a> OwnerEntry<'a> {
    pub(super) fn new(owner: &'a Owner) -> Self {
        Self {
            name: (&owner.name).into(),
            role: owner.role.name().into(),
            because: describe_step(&owner.found_by),
            contact: owner.contact.as_deref().map(Cow::from),
        }
    }
}

impl<'a> InformedEntry<'a> {
    fn new(informed: &'a Informed) -> Self {
        Self { role: informed.role.name().into(), name: informed.name.as_deref().map(Cow::from) }
    }
}

impl<'a> SiteEntry<'a> {
    fn new(site: &'a Site) -> Self {
        Self {
            what: site.what.word().into(),
            file: (&site.file).into(),
            line: site.line,
            column: site.column,
            // A rule lies in no repository of the user's, and nobody looks for it there.
            elsewhere: site.reach == SiteReach::Elsewhere && site.what != SiteKind::Rule,
        }
    }
}
