//! `review` and `withdrawn` blocks of an approval as they are written.

use jiff::civil::Date;

use super::MaybeText;
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder, Fields};

#[derive(Debug)]
pub(in crate::manifest) struct RawReview {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) on: Option<Spanned<Date>>,
    pub(in crate::manifest) by: MaybeText,
    pub(in crate::manifest) decision: MaybeText,
    pub(in crate::manifest) note: MaybeText,
}

#[derive(Debug)]
pub(in crate::manifest) struct RawWithdrawal {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) on: Option<Spanned<Date>>,
    pub(in crate::manifest) by: MaybeText,
    pub(in crate::manifest) reason: MaybeText,
}

pub(super) fn read_review(decoder: &Decoder, block: Block<'_>) -> RawReview {
    let mut fields = decoder.block(block);
    let _: Option<[Spanned<String>; 0]> = decoder.labels(block, []);
    let review = RawReview {
        span: fields.span(),
        on: fields.required_date("on"),
        by: fields.required_string("by"),
        decision: fields.required_string("decision"),
        note: fields.string("note"),
    };
    fields.finish();
    review
}

pub(super) fn read_withdrawal(decoder: &Decoder, approval: &mut Fields<'_>) -> Option<RawWithdrawal> {
    let block = approval.block("withdrawn")?;
    let mut fields = decoder.block(block);
    let _: Option<[Spanned<String>; 0]> = decoder.labels(block, []);
    let withdrawal = RawWithdrawal {
        span: fields.span(),
        on: fields.required_date("on"),
        by: fields.required_string("by"),
        reason: fields.required_string("reason"),
    };
    fields.finish();
    Some(withdrawal)
}
