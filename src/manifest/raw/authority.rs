//! `authority` and `delegate` blocks as they are written.

use std::time::Duration;

use jiff::civil::Date;

use super::grant::{RawGrant, ceiling_grant};
use super::place::{RawPlaces, places};
use super::{MaybeText, Texts};
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder};

#[derive(Debug)]
pub(in crate::manifest) struct RawAuthority {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) approvers: Texts,
    pub(in crate::manifest) systems: Texts,
    pub(in crate::manifest) subjects: Texts,
    pub(in crate::manifest) separate_from: Texts,
    pub(in crate::manifest) max_duration: Option<Spanned<Duration>>,
    pub(in crate::manifest) max_review: Option<Spanned<Duration>>,
    pub(in crate::manifest) max_key_age: Option<Spanned<Duration>>,
    pub(in crate::manifest) threshold: Option<Spanned<u64>>,
    pub(in crate::manifest) tickets_required: Option<Spanned<bool>>,
    pub(in crate::manifest) ceiling: Option<RawCeiling>,
}

/// The most that may be approved.
#[derive(Debug)]
pub(in crate::manifest) struct RawCeiling {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) places: RawPlaces,
    pub(in crate::manifest) grants: Vec<RawGrant>,
    pub(in crate::manifest) runs: Texts,
}

/// Somebody's right to decide, handed to others for a time.
#[derive(Debug)]
pub(in crate::manifest) struct RawDelegation {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) from: MaybeText,
    pub(in crate::manifest) to: Texts,
    pub(in crate::manifest) authority: MaybeText,
    pub(in crate::manifest) starts_on: Option<Spanned<Date>>,
    pub(in crate::manifest) expires_on: Option<Spanned<Date>>,
}

pub(super) fn read_authority(decoder: &Decoder, block: Block<'_>) -> RawAuthority {
    let mut fields = decoder.block(block);
    let authority = RawAuthority {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        approvers: fields.required_strings("approvers").unwrap_or_default(),
        systems: fields.required_strings("systems").unwrap_or_default(),
        subjects: fields.strings("subjects"),
        separate_from: fields.strings("separate_from"),
        max_duration: fields.required_duration("max_duration"),
        max_review: fields.duration("max_review"),
        max_key_age: fields.duration("max_key_age"),
        threshold: fields.count("threshold"),
        tickets_required: fields.flag("tickets_required"),
        ceiling: fields.block("ceiling").map(|block| read_ceiling(decoder, block)),
    };
    fields.finish();
    authority
}

fn read_ceiling(decoder: &Decoder, block: Block<'_>) -> RawCeiling {
    let mut fields = decoder.block(block);
    let _: Option<[Spanned<String>; 0]> = decoder.labels(block, []);
    let ceiling = RawCeiling {
        span: fields.span(),
        places: places(&mut fields),
        grants: fields.blocks("grant").into_iter().map(|block| ceiling_grant(decoder, block)).collect(),
        runs: fields.strings("runs"),
    };
    if ceiling.grants.is_empty() && ceiling.runs.is_empty() {
        let problem = fields.error("`ceiling` has no `grant` and no `runs`, so nothing may be approved");
        decoder.report(problem.help("add a `grant` block"));
    }
    fields.finish();
    ceiling
}

pub(super) fn read_delegation(decoder: &Decoder, block: Block<'_>) -> RawDelegation {
    let mut fields = decoder.block(block);
    let delegation = RawDelegation {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        from: fields.required_string("from"),
        to: fields.required_strings("to").unwrap_or_default(),
        authority: fields.required_string("authority"),
        starts_on: fields.required_date("starts_on"),
        expires_on: fields.required_date("expires_on"),
    };
    fields.finish();
    delegation
}
