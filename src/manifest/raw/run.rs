//! `run` blocks as they are written.

use super::{MaybeText, Texts};
use crate::source::Span;
use spanned_hcl::{Block, Decoder, Fields};

/// The label of a block that approves an apply of a part.
pub(in crate::manifest) const TARGET: &str = "target";

/// A provisioner that may run, or a part that may be applied alone.
#[derive(Debug)]
pub(in crate::manifest) struct RawRun {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) kind: MaybeText,
    pub(in crate::manifest) address: MaybeText,
    pub(in crate::manifest) sha256: Texts,
    pub(in crate::manifest) addresses: Texts,
}

/// One digest, or a list of them.
fn digests(fields: &mut Fields<'_>) -> Texts {
    if fields.is_list("sha256") {
        return fields.required_strings("sha256").unwrap_or_default();
    }
    fields.required_string("sha256").into_iter().collect()
}

pub(super) fn decode(decoder: &Decoder, block: Block<'_>) -> RawRun {
    let mut fields = decoder.block(block);
    let kind = decoder.labels(block, ["kind"]).map(|[kind]| kind);
    let is_target = kind.as_ref().is_some_and(|kind| kind.value == TARGET);
    let run = RawRun {
        span: fields.span(),
        address: if is_target { None } else { fields.required_string("address") },
        sha256: if is_target { Vec::new() } else { digests(&mut fields) },
        addresses: if is_target {
            fields.required_strings("addresses").unwrap_or_default()
        } else {
            Vec::new()
        },
        kind,
    };
    fields.finish();
    run
}
