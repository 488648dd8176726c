//! What was decided about an approval after it was given.

use jiff::civil::Date;

use super::Validator;
use crate::manifest::access_review::{AccessReview, ReviewDecision, Withdrawal};
use crate::manifest::identity::is_identity;
use crate::manifest::raw;
use crate::source::{Source, Spanned};

impl Validator {
    /// The reviews, in the order in which they are written. One from before the decision is history of an earlier one.
    pub(super) fn validate_reviews(&mut self, source: &Source, raw: &[raw::RawReview]) -> Vec<AccessReview> {
        let known: Vec<_> = ReviewDecision::ALL.iter().map(|one| (one.word(), *one)).collect();
        let mut reviews = Vec::with_capacity(raw.len());
        for raw in raw {
            if let Some(by) = &raw.by {
                is_identity(source, by, &mut self.problems);
            }
            let decision = raw.decision.as_ref().and_then(|word| self.read_word(source, word, &known));
            let (Some(on), Some(by), Some(decision)) = (raw.on, raw.by.clone(), decision) else {
                self.has_stand_ins = true;
                continue;
            };
            let note = raw.note.as_ref().map(|note| note.value.clone());
            reviews.push(AccessReview { on, by, decision, note, span: raw.span });
        }
        reviews
    }

    /// The withdrawal. What was decided after it is another decision, which it does not take back.
    pub(super) fn validate_withdrawal(
        &mut self,
        source: &Source,
        raw: Option<&raw::RawWithdrawal>,
        approved_on: Option<Spanned<Date>>,
    ) -> Option<Box<Withdrawal>> {
        let raw = raw?;
        if let Some(by) = &raw.by {
            is_identity(source, by, &mut self.problems);
        }
        let (Some(on), Some(by), Some(reason)) = (raw.on, raw.by.clone(), &raw.reason) else {
            self.has_stand_ins = true;
            return None;
        };
        if let Some(approved) = approved_on.filter(|approved| on.value < approved.value) {
            let message = format!("`on` ({}) is before `approved_on` ({})", on.value, approved.value);
            let help = "correct the day, or remove `withdrawn` if the access was approved again since";
            self.refuse(source, on.span, message, help);
        }
        Some(Box::new(Withdrawal { on, by, reason: reason.value.clone(), span: raw.span }))
    }
}
