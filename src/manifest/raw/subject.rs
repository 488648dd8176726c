//! `subject` blocks as they are written.

use super::MaybeText;
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder};

#[derive(Debug)]
pub(in crate::manifest) struct RawSubject {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) kind: MaybeText,
    pub(in crate::manifest) owner: MaybeText,
}

pub(super) fn read_subject(decoder: &Decoder, block: Block<'_>) -> RawSubject {
    let mut fields = decoder.block(block);
    let _: Option<[Spanned<String>; 0]> = decoder.labels(block, []);
    let subject = RawSubject {
        span: fields.span(),
        kind: fields.required_string("kind"),
        owner: if fields.has("owner") { fields.required_string("owner") } else { None },
    };
    fields.finish();
    subject
}
