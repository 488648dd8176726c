//! `fact` blocks as they are written.

use super::MaybeText;
use crate::source::Span;
use spanned_hcl::{Block, Decoder};

#[derive(Debug)]
pub(in crate::manifest) struct RawFact {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) label: MaybeText,
    pub(in crate::manifest) value: MaybeText,
}

pub(super) fn read_fact(decoder: &Decoder, block: Block<'_>) -> RawFact {
    let mut fields = decoder.block(block);
    let fact = RawFact {
        span: fields.span(),
        label: decoder.labels(block, ["name"]).map(|[label]| label),
        value: fields.required_string("value"),
    };
    fields.finish();
    fact
}
