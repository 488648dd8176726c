//! All rulings put together.
//!
//! Takes the rulings of every plan, with what was found beside its grants, and returns one [`Assessment`], in an order that
//! does not depend on that of the plans' objects. What is one thing is said once, however many plans show it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::authority::Decisions;
use crate::escalation::Holdings;
use crate::finding::{Assessment, Code, Finding, Judged, Verdict};
use crate::grants::{Assumption, Inventory};
use crate::plan::{Alarm, AlarmCause};

use super::declared::apply_declarations;
use super::draft::FindingDraft;
use super::escalation::EscalationEvidence;
use super::exception_use;
use super::findings::FindingMaker;
use super::runs::{RunRuling, judge_run};

/// What came out for one grant.
#[derive(Debug)]
pub enum Ruling {
    /// The plan leaves it alone, and such grants are not judged.
    Untouched,
    /// The plan leaves it alone, and it should be gone since an exception ended.
    Remaining(Box<Finding>),
    /// Drift that adds no access: the provider's own bookkeeping and no grant of this plan.
    NoGrant,
    /// What is wrong with a plan beside its grants.
    Noted(Box<Finding>),
    /// A verdict, its findings, and which permissions it gives that raise rights.
    Judged(Box<Judged>, Vec<Finding>, EscalationEvidence),
}

/// What rulings are put together with.
pub(super) struct Assembly<'j, 'm> {
    pub(super) findings: &'j FindingMaker<'m>,
    pub(super) decisions: &'j Decisions<'m>,
    pub(super) as_of: Date,
    /// Whether of each run is kept what a record needs.
    pub(super) keeps_evidence: bool,
}

impl Assembly<'_, '_> {
    /// Puts all rulings together.
    pub(super) fn assess(self, inventories: Vec<Inventory<Ruling>>) -> Assessment {
        let manifest = self.decisions.manifest();
        let mut assessment = Assessment::default();
        let mut assumptions = BTreeSet::new();
        let mut holdings = Holdings::default();
        // Boxes are sorted, because what they hold is large.
        let mut grants: Vec<Box<Judged>> = Vec::new();
        let mut unread = Vec::new();
        let mut said_unseen = false;
        for inventory in inventories {
            assessment.resource_changes += inventory.resource_changes;
            assumptions.extend(inventory.assumptions);
            let folder = inventory.folder.as_deref();
            for ruling in inventory.grants {
                grants.extend(add_ruling(&mut assessment, &mut holdings, ruling));
            }
            for run in &inventory.runs {
                let RunRuling { mut judged, drafts } = judge_run(run, self.decisions);
                if self.keeps_evidence {
                    judged.evidence =
                        Some(Box::new(self.findings.collect_run_evidence(run, &judged.tickets, folder)));
                }
                grants.push(Box::new(judged));
                let make = |draft| self.findings.make(draft, None, folder);
                assessment.findings.extend(drafts.into_iter().map(make));
            }
            let places = &inventory.alarm_places;
            // That the sources were not seen is said once, however many plans there are.
            let is_new = |alarm: &&Alarm| {
                alarm.cause != AlarmCause::SourcesUnseen || !std::mem::replace(&mut said_unseen, true)
            };
            let drafts =
                inventory.alarms.iter().filter(is_new).map(|alarm| FindingDraft::of_alarm(alarm, places));
            assessment.findings.extend(drafts.map(|draft| self.findings.make(draft, None, folder)));
            unread.extend(inventory.unread);
        }
        let rollback = FindingDraft::of_rollback(manifest);
        assessment.findings.extend(rollback.map(|draft| self.findings.make(draft, None, None)));
        let (drafts, declared) = apply_declarations(&unread, manifest);
        assessment.findings.extend(drafts.into_iter().map(|draft| self.findings.make(draft, None, None)));
        assessment.declared = declared;
        assessment.escalations = holdings.escalations();
        grants.sort_by(|a, b| a.address.cmp(&b.address));
        assessment.grants = grants.into_iter().map(|judged| *judged).collect();
        assessment.exceptions = exception_use::list_used(&assessment.grants, manifest);
        assessment.catalogs.sort();
        assessment.catalogs.dedup();
        assumptions.extend(assessment.catalogs.iter().filter_map(|source| {
            let age_days = source.old_age(self.as_of)?;
            Some(Assumption::CurrentCatalog { source: source.clone(), age_days })
        }));
        assessment.assumptions = assumptions.into_iter().collect();
        assessment
            .findings
            .sort_by(|a, b| (&a.address, a.code, &a.ticket).cmp(&(&b.address, b.code, &b.ticket)));
        // What is owed after an exception is said once, however many plans it blocks.
        assessment.findings.dedup_by(|a, b| is_owed(a.code) && a == b);
        assessment
    }
}

/// Adds a ruling to what is known of all, and returns its grant.
fn add_ruling(assessment: &mut Assessment, holdings: &mut Holdings, ruling: Ruling) -> Option<Box<Judged>> {
    match ruling {
        Ruling::Untouched => {
            assessment.untouched += 1;
            None
        }
        Ruling::Remaining(finding) => {
            assessment.untouched += 1;
            assessment.findings.push(*finding);
            None
        }
        Ruling::NoGrant => None,
        Ruling::Noted(finding) => {
            assessment.findings.push(*finding);
            None
        }
        Ruling::Judged(judged, findings, evidence) => {
            let adds = judged.verdict != Verdict::Unchanged;
            holdings.add(evidence.dialect, &judged.address, adds, evidence.held);
            assessment.catalogs.extend(evidence.catalogs);
            assessment.catalogs.extend(judged.content.iter().map(|used| used.source.clone()));
            assessment.findings.extend(findings);
            Some(judged)
        }
    }
}

/// Whether a code says that something is late after an exception.
fn is_owed(code: Code) -> bool {
    matches!(code, Code::ExceptionUnrecorded | Code::CleanupOverdue | Code::PostReviewOverdue)
}
