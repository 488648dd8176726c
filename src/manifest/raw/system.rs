//! `system` blocks as they are written.

use super::place::{RawPlaces, places};
use super::{MaybeText, Texts};
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder};

#[derive(Debug)]
pub(in crate::manifest) struct RawSystem {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) owner: MaybeText,
    pub(in crate::manifest) contact: MaybeText,
    pub(in crate::manifest) require: Texts,
    pub(in crate::manifest) matches: Vec<RawMatch>,
}

#[derive(Debug)]
pub(in crate::manifest) struct RawMatch {
    pub(in crate::manifest) providers: Texts,
    pub(in crate::manifest) places: RawPlaces,
    pub(in crate::manifest) modules: Texts,
    pub(in crate::manifest) addresses: Texts,
    pub(in crate::manifest) paths: Texts,
}

pub(super) fn read_system(decoder: &Decoder, block: Block<'_>) -> RawSystem {
    let mut fields = decoder.block(block);
    let system = RawSystem {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        owner: fields.required_string("owner"),
        contact: fields.string("contact"),
        require: fields.strings("require"),
        matches: fields.blocks("match").into_iter().map(|block| matches(decoder, block)).collect(),
    };
    fields.finish();
    system
}

fn matches(decoder: &Decoder, block: Block<'_>) -> RawMatch {
    let mut fields = decoder.block(block);
    let _: Option<[Spanned<String>; 0]> = decoder.labels(block, []);
    let matches = RawMatch {
        providers: fields.strings("providers"),
        places: places(&mut fields),
        modules: fields.strings("modules"),
        addresses: fields.strings("addresses"),
        paths: fields.strings("paths"),
    };
    fields.require_one_of(
        &[
            "providers",
            "accounts",
            "projects",
            "subscriptions",
            "tenants",
            "clusters",
            "namespaces",
            "regions",
            "partitions",
            "modules",
            "addresses",
            "paths",
        ],
        "`match` would match everything",
        "add a criterion, for example `accounts = [\"111122223333\"]`",
    );
    fields.finish();
    matches
}
