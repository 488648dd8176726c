//! `authority` blocks as they are written.

use std::time::Duration;

use super::{MaybeText, Texts};
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder};

#[derive(Debug)]
pub(in crate::manifest) struct RawAuthority {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) approvers: Texts,
    pub(in crate::manifest) systems: Texts,
    pub(in crate::manifest) max_duration: Option<Spanned<Duration>>,
    pub(in crate::manifest) threshold: Option<Spanned<u64>>,
}

pub(super) fn read_authority(decoder: &Decoder, block: Block<'_>) -> RawAuthority {
    let mut fields = decoder.block(block);
    let authority = RawAuthority {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        approvers: fields.required_strings("approvers").unwrap_or_default(),
        systems: fields.required_strings("systems").unwrap_or_default(),
        max_duration: fields.required_duration("max_duration"),
        threshold: fields.count("threshold"),
    };
    fields.finish();
    authority
}
