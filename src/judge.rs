//! Judges grants against approvals on a given date.
//!
//! Takes grants one by one, with the manifest, a catalogue of roles and a date, and returns an [`Assessment`]: a verdict for
//! each grant, and a finding with one accountable owner for everything that does not pass. A grant passes if it adds no
//! access, or if one of its readings is proved to lie within the union of the approvals that may apply to it, are in
//! force, and were given by people entitled to give them. Whatever can't be proved does not pass.
//!
//! Neither plans nor rules are seen here, and there is no clock.

mod candidates;
mod compared_access;
mod escalation;
mod findings;
mod outcome;
mod owner;
mod severity;
mod words;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::catalog::{Catalog, Source, Used};
use crate::escalation::Holdings;
use crate::finding::{Assessment, Finding, Judged, Verdict};
use crate::grants::{Change, Grant, Inventory};
use crate::manifest::Manifest;
use candidates::{Candidates, Selected};
use escalation::PermissionCache;
use findings::FindingMaker;
use outcome::{JudgedGrant, Outcome};

pub use escalation::EscalationEvidence;

/// Which grants are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those that the plan changes.
    Changes,
    /// Those that the plan leaves alone as well.
    All,
}

/// Judges grants one by one, and all inventories together in the end.
#[derive(Debug)]
pub struct Judge<'m> {
    candidates: Candidates<'m>,
    findings: FindingMaker<'m>,
    catalog: &'m Catalog,
    permissions: PermissionCache,
    as_of: Date,
    extent: Extent,
}

/// What came out for one grant.
#[derive(Debug)]
pub enum Ruling {
    /// The plan leaves it alone, and such grants are not judged.
    Untouched,
    /// Drift that adds no access: the provider's own bookkeeping and no grant of this plan.
    NoGrant,
    /// A verdict, its findings, and which permissions it gives that raise rights.
    Judged(Box<Judged>, Vec<Finding>, EscalationEvidence),
}

impl<'m> Judge<'m> {
    /// Takes what grants are judged by.
    pub fn new(manifest: &'m Manifest, catalog: &'m Catalog, as_of: Date, extent: Extent) -> Self {
        Self {
            candidates: Candidates::new(manifest, as_of),
            findings: FindingMaker::new(manifest),
            catalog,
            permissions: PermissionCache::default(),
            as_of,
            extent,
        }
    }

    /// Judges one grant.
    pub fn judge(&self, grant: &Grant) -> Ruling {
        if grant.change == Change::Untouched && self.extent == Extent::Changes {
            return Ruling::Untouched;
        }
        let selected = self.candidates.select(grant);
        let JudgedGrant { outcome, mut used } = outcome::judge(grant, &selected, self.catalog);
        if outcome == Outcome::Unchanged && matches!(grant.change, Change::Drifted | Change::Loosened) {
            return Ruling::NoGrant;
        }
        if grant.sensitive {
            used.iter_mut().for_each(|used| used.role = "(not shown)".to_owned());
        }
        let evidence = self.permissions.collect(grant, self.catalog);
        let mut findings = self.findings.of_grant(grant, &outcome, &selected, &evidence);
        if !findings.is_empty() {
            let notes = notes(grant, &used, self.catalog);
            findings.iter_mut().for_each(|finding| finding.notes.extend(notes.iter().cloned()));
        }
        let judged = summarize(grant, &outcome, &selected, used);
        Ruling::Judged(Box::new(judged), findings, evidence)
    }

    /// Puts all rulings together.
    pub fn assess(&self, inventories: Vec<Inventory<Ruling>>) -> Assessment {
        let mut assessment = Assessment::default();
        let mut assumptions = BTreeSet::new();
        let mut holdings = Holdings::default();
        let mut grants: Vec<Box<Judged>> = Vec::new();
        for inventory in inventories {
            assessment.resource_changes += inventory.resource_changes;
            assumptions.extend(inventory.assumptions);
            for ruling in inventory.grants {
                match ruling {
                    Ruling::Untouched => assessment.untouched += 1,
                    Ruling::NoGrant => {}
                    Ruling::Judged(judged, findings, evidence) => {
                        let adds = judged.verdict != Verdict::Unchanged;
                        holdings.add(evidence.dialect, &judged.address, adds, evidence.held);
                        assessment.catalogs.extend(evidence.catalogs);
                        grants.push(judged);
                        assessment.findings.extend(findings);
                    }
                }
            }
            let unread = inventory.unread.iter().map(|unread| self.findings.of_unread(unread));
            assessment.findings.extend(unread);
            let alarms = inventory.alarms.iter().map(|alarm| self.findings.of_alarm(alarm));
            assessment.findings.extend(alarms);
        }
        assessment.escalations = holdings.escalations();
        grants.sort_by(|a, b| a.address.cmp(&b.address));
        assessment.grants = grants.into_iter().map(|judged| *judged).collect();
        assessment.catalogs.extend(content(&assessment.grants));
        assessment.catalogs.sort();
        assessment.catalogs.dedup();
        assumptions.extend(assessment.catalogs.iter().filter_map(|source| source.age(self.as_of)));
        assessment.assumptions = assumptions.into_iter().collect();
        assessment
            .findings
            .sort_by(|a, b| (&a.address, a.code, &a.ticket).cmp(&(&b.address, b.code, &b.ticket)));
        assessment
    }
}

/// Returns what a report lists of a grant.
fn summarize(grant: &Grant, outcome: &Outcome, selected: &Selected<'_>, used: Vec<Used>) -> Judged {
    let (verdict, tickets) = match outcome {
        Outcome::Unchanged => (Verdict::Unchanged, selected.tickets()),
        Outcome::Approved(tickets) => (Verdict::Approved, tickets.clone()),
        Outcome::Undecided(_) => (Verdict::Undecided, selected.tickets()),
        Outcome::Flawed | Outcome::Exceeds(_) => (Verdict::Exceeds, selected.tickets()),
        Outcome::Unapproved => (Verdict::Unapproved, selected.tickets()),
    };
    Judged {
        address: grant.origin.address.clone(),
        type_name: grant.origin.type_name.clone(),
        provider: grant.origin.provider.clone(),
        kind: grant.kind.word(),
        principals: if grant.sensitive { Vec::new() } else { grant.principals() },
        verdict,
        tickets,
        content: used,
    }
}

/// What a finding says of the content that was read, or could not be.
fn notes(grant: &Grant, used: &[Used], catalog: &Catalog) -> Vec<String> {
    let read = used.iter().map(|used| format!("judged by content: {used}"));
    let roles = grant.terms.roles.iter().filter(|_| !grant.sensitive && grant.readings.len() == 1);
    read.chain(roles.filter_map(|role| catalog.misses(grant.dialect, role))).collect()
}

/// The catalogues whose content decided.
fn content(grants: &[Judged]) -> impl Iterator<Item = Source> {
    grants.iter().flat_map(|grant| &grant.content).map(|used| used.source.clone())
}
