//! What is owed after an exception and late: it blocks every apply on the exception's system.
//!
//! Takes the late duties of a manifest and what a plan is about, and returns a draft of a finding for each that blocks the
//! plan. A clean-up is done where none of what the exception let by is left in the plan without an approval, and either
//! somebody says that it is gone, or approvals contain all of it, or the plan takes some of it away and needs no other
//! exception.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::authority::{Decisions, LateDuty};
use crate::grants::{Grant, Origin, PlanSubjects, Survey};
use crate::manifest::{Coverage, Duty, Exception, Manifest, System};

use super::approved_since::is_approved_since;
use super::candidates::Candidates;
use super::draft::FindingDraft;
use super::exceptions::{ExceptionJudge, Standing};
use super::owner::match_subject;
use super::subjects::AskedGrant;

/// The exceptions of which grants are left in one plan.
#[derive(Debug, Default)]
pub(super) struct Remains {
    /// By label.
    seen: Mutex<BTreeSet<String>>,
    /// Whether another exception let a grant by: then the plan is no clean-up, whatever it takes away.
    has_excepted: AtomicBool,
}

impl Remains {
    /// Notes that an exception let a grant by.
    pub(super) fn note_excepted(&self) {
        self.has_excepted.store(true, Ordering::Relaxed);
    }
}

/// What late duties are judged with.
pub(super) struct DutyJudge<'j, 'm> {
    pub(super) late: &'j [LateDuty<'m>],
    pub(super) exceptions: ExceptionJudge<'j, 'm>,
    pub(super) decisions: &'j Decisions<'m>,
    pub(super) candidates: &'j Candidates<'m>,
    pub(super) remains: &'j Remains,
    pub(super) subjects: &'j PlanSubjects,
}

impl<'j, 'm> DutyJudge<'j, 'm> {
    /// The late clean-up after which a grant should be gone that the plan leaves as it is: an exception let it by, and no
    /// approval in force does.
    pub(super) fn find_remaining(&self, grant: &Grant) -> Option<&'j LateDuty<'m>> {
        let is_remaining = |late: &&LateDuty<'m>| {
            // Whoever said that it was gone may be right: it may have been approved anew, for a time that is over.
            let then = if late.is_said_to_be_done() { Standing::InForceOrExpired } else { Standing::InForce };
            late.duty == Duty::CleanUp
                && self.exceptions.is_within(late.exception, grant)
                && !self.is_approved(grant, then)
        };
        let late = self.late.iter().find(is_remaining)?;
        let mut seen = self.remains.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.insert(late.exception.approval.id.clone());
        Some(late)
    }

    /// What blocks a plan as a whole. To be asked after all its grants.
    pub(super) fn find_blocking(&self, survey: &Survey) -> Vec<FindingDraft<'j>> {
        let blocks = |late: &&LateDuty<'m>| {
            is_on_system(&survey.origins, late.exception.system_name(), self.exceptions.manifest)
                && match late.duty {
                    Duty::CleanUp => !self.is_cleaned_up(late, survey),
                    Duty::Record | Duty::Review => true,
                }
        };
        self.late.iter().filter(blocks).map(|late| FindingDraft::of_late_duty(late, None)).collect()
    }

    /// Whether nothing is left to do for a clean-up but what was said at the grants that are left.
    fn is_cleaned_up(&self, late: &LateDuty<'m>, survey: &Survey) -> bool {
        let is_left = {
            let seen = self.remains.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.contains(&late.exception.approval.id)
        };
        is_left
            || late.is_said_to_be_done()
            || self.takes_away(late.exception, survey)
            || is_approved_since(late.exception, self.decisions)
    }

    /// Whether a plan takes away some of what an exception let by, and gives nothing by another. What stays of it was found
    /// among its grants.
    fn takes_away(&self, exception: &'m Exception, survey: &Survey) -> bool {
        let is_let_by = |grant: &&Grant| self.exceptions.is_within(exception, grant);
        !self.remains.has_excepted.load(Ordering::Relaxed)
            && survey
                .removed
                .iter()
                .any(|grant| is_let_by(&grant) && !self.is_approved(grant, Standing::InForce))
    }

    fn is_approved(&self, grant: &Grant, then: Standing) -> bool {
        let placed = self.exceptions.placement.at(grant);
        let claims = self.candidates.find_claims(grant);
        let subjects = if self.candidates.needs_kinds { self.subjects.list(grant) } else { Vec::new() };
        let asked = AskedGrant { grant, subjects: &subjects };
        let selected = self.candidates.select(asked, claims, placed.as_deref());
        self.exceptions.is_approved(grant, &selected, then)
    }
}

/// Whether one of the objects is on a system, or may be. A system without a `match` is everywhere where no other is.
fn is_on_system(origins: &[Origin], name: &str, manifest: &Manifest) -> bool {
    let Some(system) = manifest.systems.get(name) else { return true };
    let is_on = |origin: &Origin| {
        let subject = match_subject(origin);
        if system.matches.is_empty() {
            let is_other = |other: &System| other.name != system.name && other.covers(&subject);
            return !manifest.systems.values().any(is_other);
        }
        system.locate(&subject) != Coverage::Outside
    };
    origins.iter().any(is_on)
}
