//! In which state a holding is on a day, and what its reviewer is asked.
//!
//! Takes an approval with the term of its reviews and returns a [`HoldingState`] with the flaw that says why. No plan is seen:
//! what shows beside one only is left out.

use jiff::ToSpan as _;
use jiff::civil::Date;
use strum::VariantArray;

use super::RecordedUse;
use crate::authority::{CeilingExcess, Decisions, Flaw, ReviewTerm};
use crate::manifest::{Approval, ReviewDecision};

/// Days before its end from which a holding is expiring: the length of a month, after which the next review comes.
const EXPIRING_DAYS: i64 = 30;

/// In which state a holding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum HoldingState {
    /// The decision is not valid, so nobody holds anything by it.
    Invalid,
    /// Somebody should have looked at it again, or decided that it is to be narrowed or revoked.
    OverdueReview,
    /// It ends within 30 days.
    Expiring,
    /// It holds.
    InForce,
    /// Its first day is still to come.
    NotStarted,
    /// Its last day is over.
    Ended,
    /// It was taken back.
    Withdrawn,
}

/// What the reviewer of a holding is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum Suggestion {
    /// Nothing.
    Keep,
    /// To look at it.
    Review,
    /// To narrow it, as a review decided.
    Narrow,
    /// To see to it that the access is gone.
    Revoke,
}

impl HoldingState {
    /// Every state, the most urgent first.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Invalid => "invalid",
            Self::OverdueReview => "overdue_review",
            Self::Expiring => "expiring",
            Self::InForce => "in_force",
            Self::NotStarted => "not_started",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Invalid => "not valid",
            Self::OverdueReview => "overdue for review",
            Self::Expiring => "expiring",
            Self::InForce => "in force",
            Self::NotStarted => "not yet in force",
            Self::Ended => "ended",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of an approval on a day, with the flaw that says why.
    pub(super) fn find(
        approval: &Approval,
        decisions: &Decisions<'_>,
        term: &ReviewTerm<'_>,
        as_of: Date,
    ) -> (Self, Option<Flaw>) {
        let flaws = decisions.find_flaws(approval, approval.sample());
        let mut flaws: Vec<Flaw> = flaws.into_iter().filter(|flaw| counts(approval, flaw)).collect();
        let mut take = |is: fn(&Flaw) -> bool| flaws.iter().position(is).map(|at| flaws.remove(at));
        if let Some(flaw) = take(|flaw| matches!(flaw, Flaw::Withdrawn { .. })) {
            return (Self::Withdrawn, Some(flaw));
        }
        if let Some(flaw) = take(|flaw| matches!(flaw, Flaw::Expired { .. })) {
            return (Self::Ended, Some(flaw));
        }
        let overdue = take(|flaw| matches!(flaw, Flaw::ReviewOverdue { .. } | Flaw::ReviewUnsettled { .. }));
        let not_started = take(|flaw| matches!(flaw, Flaw::NotYetValid { .. }));
        if let Some(flaw) = flaws.into_iter().next() {
            return (Self::Invalid, Some(flaw));
        }
        if let Some(flaw) = not_started {
            return (Self::NotStarted, Some(flaw));
        }
        // Whatever the manifest makes of a review that is overdue, it is.
        if overdue.is_some() || term.due.is_some_and(|due| as_of > due.value) {
            return (Self::OverdueReview, overdue);
        }
        if as_of.saturating_add(EXPIRING_DAYS.days()) >= approval.expires_on.value {
            return (Self::Expiring, None);
        }
        (Self::InForce, None)
    }
}

/// Whether a flaw shows without a plan. Of what depends on one it is not known here whether it lies within a ceiling.
fn counts(approval: &Approval, flaw: &Flaw) -> bool {
    let is_open = matches!(
        flaw,
        Flaw::CeilingExceeded { excess, .. } if matches!(**excess, CeilingExcess::Undecided { .. })
    );
    let is_undecidable = is_open && approval.varying().is_some();
    !(flaw.is_about_place() || is_undecidable)
}

impl Suggestion {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Review => "review",
            Self::Narrow => "narrow",
            Self::Revoke => "revoke",
        }
    }

    /// What the reviewer of a holding in a state is asked.
    pub(super) fn find(state: HoldingState, term: &ReviewTerm<'_>, recorded: RecordedUse) -> Self {
        let decided = term.latest.map(|latest| latest.decision);
        match state {
            HoldingState::Withdrawn | HoldingState::Ended => Self::Revoke,
            HoldingState::NotStarted => Self::Keep,
            HoldingState::Invalid | HoldingState::Expiring => Self::Review,
            HoldingState::OverdueReview | HoldingState::InForce => match decided {
                Some(ReviewDecision::Revoke) => Self::Revoke,
                Some(ReviewDecision::Narrow) => Self::Narrow,
                Some(ReviewDecision::Keep) | None if state == HoldingState::OverdueReview => Self::Review,
                Some(ReviewDecision::Keep) | None => match recorded {
                    RecordedUse::Never => Self::Review,
                    RecordedUse::NotAsked | RecordedUse::Last(_) => Self::Keep,
                },
            },
        }
    }
}
