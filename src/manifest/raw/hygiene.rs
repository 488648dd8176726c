//! `hygiene` blocks as they are written.

use super::MaybeText;
use crate::manifest::hygiene::HygieneCheck;
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder};

/// How much each kind of negligence weighs.
#[derive(Debug)]
pub(in crate::manifest) struct RawHygiene {
    pub(in crate::manifest) span: Span,
    /// Those that are written.
    pub(in crate::manifest) levels: Vec<(HygieneCheck, MaybeText)>,
}

pub(super) fn read_hygiene(decoder: &Decoder, block: Block<'_>) -> RawHygiene {
    let mut fields = decoder.block(block);
    let _: Option<[Spanned<String>; 0]> = decoder.labels(block, []);
    let levels = HygieneCheck::ALL.iter().map(|check| (*check, fields.string(check.word())));
    let levels = levels.filter(|(_, level)| level.is_some()).collect();
    let hygiene = RawHygiene { span: fields.span(), levels };
    fields.finish();
    hygiene
}
