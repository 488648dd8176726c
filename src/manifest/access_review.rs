//! What was decided about an approval after it was given: reviews, and its withdrawal.
//!
//! Both stand in the approval's block, so that the history of the manifest is the log of a campaign of reviews. Whether a
//! review counts is [`crate::authority`]'s question.

use jiff::civil::Date;
use strum::VariantArray;

use crate::source::{Span, Spanned};

/// A `review` block: somebody looked at the access again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessReview {
    /// The day.
    pub on: Spanned<Date>,
    /// The login of who did.
    pub by: Spanned<String>,
    /// What they decided.
    pub decision: ReviewDecision,
    /// Why, for people.
    pub note: Option<String>,
    /// The block's heading.
    pub span: Span,
}

/// What a review decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum ReviewDecision {
    /// The access stays as it was approved.
    Keep,
    /// Less access is needed: the approval is to be edited, and approved again.
    Narrow,
    /// The access is to be removed.
    Revoke,
}

impl ReviewDecision {
    /// Every decision.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word in a manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Keep => "keep",
            Self::Narrow => "narrow",
            Self::Revoke => "revoke",
        }
    }
}

/// A `withdrawn` block: the approval was taken back before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The first day on which the approval no longer holds.
    pub on: Spanned<Date>,
    /// The login of who took it back.
    pub by: Spanned<String>,
    /// Why.
    pub reason: String,
    /// The block's heading.
    pub span: Span,
}
