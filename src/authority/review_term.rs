//! Until when somebody has to look at an approval again, and which reviews count.
//!
//! Takes an approval and returns its [`ReviewTerm`]. The first term is the approval's `review_by`. A review that decides to
//! keep the access puts it off by as long as it was from the decision to `review_by`, so that the `max_review` of an
//! authority bounds every term. A review counts where its author could decide the same that day, alone, and neither asked
//! for the access, gets it, nor applies it. Nothing that only the change under review holds is a review.

use jiff::civil::Date;

use super::persons::{find_beneficiaries, is_requester};
use super::{Decision, Decisions, Flaw};
use crate::manifest::{AccessReview, Approval, ApprovedGrants, ReviewDecision};
use crate::source::Spanned;

/// When an approval has to be looked at again, and what the latest review that counts decided.
#[derive(Clone, Copy, Debug)]
pub struct ReviewTerm<'a> {
    /// The last day before which that has to be done; `None` where nobody has to.
    pub due: Option<Spanned<Date>>,
    /// The latest review that counts.
    pub latest: Option<&'a AccessReview>,
}

/// Why a review does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewFault {
    /// Only the change under review holds it.
    Proposed,
    /// It is from before the decision.
    BeforeDecision,
    /// It is from a day to come.
    InFuture,
    /// Its author asked for the access.
    Requester,
    /// Its author gets the access.
    Beneficiary,
    /// Its author applies it.
    Operator,
    /// An authority keeps its author apart from those who decide.
    NotSeparate,
    /// Its author may not decide for the system.
    NotEntitled,
}

impl ReviewFault {
    /// Says why it does not count, after "and".
    pub fn describe(self) -> &'static str {
        match self {
            Self::Proposed => "only this change holds it",
            Self::BeforeDecision => "it is from before `approved_on`",
            Self::InFuture => "it is in the future",
            Self::Requester => "its author requested the access",
            Self::Beneficiary => "its author gets the access",
            Self::Operator => "its author applies the access",
            Self::NotSeparate => "its author is somebody whom the authority keeps apart from approvers",
            Self::NotEntitled => "its author is not an approver for the system",
        }
    }
}

impl ReviewTerm<'_> {
    /// What is wrong with the approval on a day because of its reviews.
    pub(super) fn find_flaw(&self, as_of: Date) -> Option<Flaw> {
        let due = self.due.filter(|due| as_of > due.value)?;
        match self.latest {
            Some(latest) if latest.decision != ReviewDecision::Keep => Some(Flaw::ReviewUnsettled {
                on: latest.on,
                by: latest.by.value.clone(),
                decision: latest.decision,
            }),
            Some(_) | None => Some(Flaw::ReviewOverdue { review_by: due }),
        }
    }
}

impl Decisions<'_> {
    /// Finds until when an approval has to be looked at again; `grants` is what it gives where it is asked of.
    pub fn find_review_term<'a>(&self, approval: &'a Approval, grants: &ApprovedGrants) -> ReviewTerm<'a> {
        let counting =
            approval.reviews.iter().filter(|one| self.find_review_fault(one, approval, grants).is_none());
        // Of two on one day the one counts that keeps less.
        let latest = counting.max_by_key(|one| (one.on.value, one.decision));
        let due = match latest {
            None => approval.review_by,
            Some(review) if review.decision == ReviewDecision::Keep => {
                approval.review_by.map(|first| put_off(approval, first, review))
            }
            Some(review) => Some(review.on),
        };
        ReviewTerm { due, latest }
    }

    /// Finds why a review does not count.
    pub fn find_review_fault(
        &self,
        review: &AccessReview,
        approval: &Approval,
        grants: &ApprovedGrants,
    ) -> Option<ReviewFault> {
        if approval.trust.proposal.is_some() {
            return Some(ReviewFault::Proposed);
        }
        if review.on.value < approval.approved_on.value {
            return Some(ReviewFault::BeforeDecision);
        }
        if review.on.value > self.as_of {
            return Some(ReviewFault::InFuture);
        }
        self.find_reviewer_fault(review, approval, grants)
    }

    /// Finds why the author of a review may not make it: what keeps them from deciding the same on that day.
    fn find_reviewer_fault(
        &self,
        review: &AccessReview,
        approval: &Approval,
        grants: &ApprovedGrants,
    ) -> Option<ReviewFault> {
        let by = &review.by.value;
        if is_requester(approval, by, self.manifest) {
            return Some(ReviewFault::Requester);
        }
        let mut again = approval.clone();
        again.approvers = vec![review.by.clone()];
        again.approved_on = review.on;
        if !find_beneficiaries(&again, grants, self.manifest).is_empty() {
            return Some(ReviewFault::Beneficiary);
        }
        let persons = self.manifest.persons_of(by);
        if self.operator.as_ref().is_some_and(|operator| persons.contains(operator)) {
            return Some(ReviewFault::Operator);
        }
        let decision = Decision { approval: &again, grants };
        let mut fault = ReviewFault::NotEntitled;
        for authority in self.list_over(approval) {
            if self.find_voices(authority, decision, by).is_empty() {
                continue;
            }
            let involved = self.list_involved(authority, approval);
            if persons.iter().all(|person| !involved.contains_key(person)) {
                return None;
            }
            fault = ReviewFault::NotSeparate;
        }
        Some(fault)
    }
}

/// The term after a review that keeps the access: as long as the first.
fn put_off(approval: &Approval, first: Spanned<Date>, review: &AccessReview) -> Spanned<Date> {
    let length = first.value - approval.approved_on.value;
    // Beyond the calendar the first term stays.
    let due = review.on.value.checked_add(length).unwrap_or(first.value);
    Spanned { value: due, span: review.on.span }
}
