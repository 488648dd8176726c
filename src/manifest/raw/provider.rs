//! `provider` blocks as they are written.

use super::MaybeText;
use crate::source::Span;
use spanned_hcl::{Block, Decoder};

/// A provider that no rule pack reads, or single types of one that a pack reads.
#[derive(Debug)]
pub(in crate::manifest) struct RawProvider {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) source: MaybeText,
    pub(in crate::manifest) access: MaybeText,
    pub(in crate::manifest) reason: MaybeText,
    pub(in crate::manifest) types: Vec<RawType>,
}

#[derive(Debug)]
pub(in crate::manifest) struct RawType {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) access: MaybeText,
    pub(in crate::manifest) reason: MaybeText,
}

pub(super) fn decode(decoder: &Decoder, block: Block<'_>) -> RawProvider {
    let mut fields = decoder.block(block);
    let types: Vec<RawType> =
        fields.blocks("type").into_iter().map(|block| decode_type(decoder, block)).collect();
    // A block with types speaks of these and not of the provider, unless it says so.
    let is_whole = types.is_empty() || fields.has("access") || fields.has("reason");
    let provider = RawProvider {
        span: fields.span(),
        source: decoder.labels(block, ["source"]).map(|[source]| source),
        access: if is_whole { fields.required_string("access") } else { None },
        reason: if is_whole { fields.required_string("reason") } else { None },
        types,
    };
    fields.finish();
    provider
}

fn decode_type(decoder: &Decoder, block: Block<'_>) -> RawType {
    let mut fields = decoder.block(block);
    let declared = RawType {
        span: fields.span(),
        name: decoder.labels(block, ["type"]).map(|[name]| name),
        access: fields.required_string("access"),
        reason: fields.required_string("reason"),
    };
    fields.finish();
    declared
}
