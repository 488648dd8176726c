//! Both sides of a comparison, lowered, and the decision between them.
//!
//! Takes what is approved as one [`ApprovedAccess`] and the planned documents, and returns a [`SidesDecision`]: every planned
//! document must lie within the union of the approved ones, and a witness counts only if it is one whether or not a
//! denial in one document limits the other documents of its side.

use std::borrow::Cow;

use crate::containment::{ApprovedAccess, Decision};
use crate::lower::Lowered;
use access_algebra::evaluate::{self, Truth};
use access_algebra::{Access, Effect, Request, Witness};

use super::answer::CompareOutcome;
use super::reason::CompareReason;

/// Whether all planned documents lie within what is approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SidesDecision<'s> {
    /// All do.
    Contained,
    /// One does not.
    Exceeds {
        /// What it allows.
        planned: &'s Access,
        /// A request that it allows and nothing approved allows.
        witness: Box<Witness>,
    },
    /// Neither could be shown.
    Undecided(CompareReason),
}

/// What is approved and what is planned.
#[derive(Clone, Debug)]
pub(super) struct LoweredSides<'d> {
    pub(super) approved: ApprovedAccess<'d>,
    pub(super) planned: Cow<'d, [Lowered]>,
    /// The union of several planned documents of which one denies something; otherwise no denial is between two.
    planned_union: Option<Access>,
}

impl<'d> LoweredSides<'d> {
    pub(super) fn new(approved: ApprovedAccess<'d>, planned: Cow<'d, [Lowered]>) -> Self {
        let statements = || planned.iter().flat_map(|document| &document.access.statements);
        let denies = planned.len() > 1 && statements().any(|statement| statement.effect == Effect::Deny);
        let planned_union = denies.then(|| Access { statements: statements().cloned().collect() });
        Self { approved, planned, planned_union }
    }

    /// Returns both sides with other Accesses.
    pub(super) fn map_accesses(&self, change: impl Fn(&Access) -> Access) -> Self {
        let mut planned = self.planned.to_vec();
        for document in &mut planned {
            document.access = change(&document.access);
        }
        Self::new(self.approved.map_accesses(change), Cow::Owned(planned))
    }

    /// Decides for all planned documents. One that certainly exceeds says more than one that could not be decided.
    pub(super) fn decide(&self) -> SidesDecision<'_> {
        let mut undecided = None;
        for document in self.planned.iter() {
            let reason = match self.approved.decide([document]) {
                Decision::Contained => continue,
                Decision::Exceeds { planned, witness } => match self.find_cross_denial(&witness.request) {
                    Some(reason) => reason,
                    None => return SidesDecision::Exceeds { planned, witness },
                },
                Decision::Undecided(reason) => reason.into(),
            };
            undecided.get_or_insert(reason);
        }
        undecided.map_or(SidesDecision::Contained, SidesDecision::Undecided)
    }

    /// Whether no denial in one document can limit another document of its side.
    pub(super) fn are_without_cross_denials(&self) -> bool {
        self.approved.parts().len() < 2 && self.planned.len() < 2
    }

    /// Whether a request is a witness only if a denial in one document limits the other documents of its side, or only
    /// if it does not.
    pub(super) fn find_cross_denial(&self, request: &Request) -> Option<CompareReason> {
        if let Some(at) = self.approved.find_part_despite_denial(request) {
            return Some(CompareReason::DenialBetweenApproved { allowing: at + 1 });
        }
        let denied = |union: &Access| evaluate::judge(union, request) == Truth::No;
        let is_denied = self.planned_union.as_ref().is_some_and(denied);
        is_denied.then_some(CompareReason::DenialBetweenPlanned)
    }
}

impl SidesDecision<'_> {
    /// The word for it in output.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Contained => CompareOutcome::CONTAINED,
            Self::Exceeds { .. } => CompareOutcome::EXCEEDS,
            Self::Undecided(_) => CompareOutcome::UNDECIDED,
        }
    }
}
