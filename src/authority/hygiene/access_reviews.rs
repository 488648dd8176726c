//! Reviews that are due or that do not count, and withdrawals to come.

use super::{LintCode, Reviewer};
use crate::authority::ReviewFault;
use crate::manifest::Approval;

impl Reviewer<'_> {
    /// Finds what is wrong with the reviews of an approval and with its withdrawal.
    pub(super) fn review_reviews(&mut self, approval: &Approval) {
        let source = &approval.place.source;
        if let Some(withdrawn) = approval.withdrawn.as_deref().filter(|one| one.on.value > self.as_of) {
            let message = format!("the withdrawal of {} is in the future", approval.id);
            self.warn(LintCode::DecidedInFuture, source, withdrawn.on.span, message, |problem| {
                problem.help("set `on` to the day from which the approval no longer holds")
            });
        }
        for review in &approval.reviews {
            let fault = self.decisions.find_review_fault(review, approval, approval.sample());
            let Some(fault) = fault.filter(|fault| *fault != ReviewFault::BeforeDecision) else { continue };
            let message = format!(
                "the review of {} by `{}` does not count: {}",
                approval.id,
                review.by.value,
                fault.describe()
            );
            self.warn(LintCode::VoidReview, source, review.by.span, message, |problem| {
                problem.help(match fault {
                    ReviewFault::InFuture => "set `on` to the day of the review",
                    ReviewFault::Proposed => "merge the approval first",
                    ReviewFault::BeforeDecision | ReviewFault::Requester | ReviewFault::Beneficiary
                    | ReviewFault::Operator | ReviewFault::NotSeparate | ReviewFault::NotEntitled => "have it reviewed by an approver for the system who neither asks for the access nor gets it",
                })
            });
        }
        let is_in_time = approval.review_by.is_none_or(|day| day.value >= approval.approved_on.value);
        let is_over = self.as_of >= approval.expires_on.value
            || approval.withdrawn.as_deref().is_some_and(|one| self.as_of >= one.on.value);
        if is_over || !is_in_time {
            return;
        }
        let term = self.decisions.find_review_term(approval, approval.sample());
        if let Some(flaw) = term.find_flaw(self.as_of) {
            let span = flaw.span().unwrap_or(approval.place.span);
            self.warn(LintCode::ReviewOverdue, source, span, flaw.describe(&approval.id), |problem| {
                problem.help(flaw.remedy())
            });
        }
    }
}
