//! `run` blocks as they are written.

use hcl_edit::expr::Expression;
use hcl_edit::structure::Block;

use super::{MaybeText, Texts};
use crate::source::Span;
use spanned_hcl::{Decoder, Fields};

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
    match fields.required_expression("sha256").map(|written| written.value) {
        Some(Expression::Array(_)) => fields.required_strings("sha256").unwrap_or_default(),
        Some(_) => fields.required_string("sha256").into_iter().collect(),
        None => Vec::new(),
    }
}

pub(super) fn decode(decoder: &Decoder, block: &Block) -> RawRun {
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
