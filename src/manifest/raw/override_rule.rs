//! `override` blocks as they are written.

use std::time::Duration;

use super::{MaybeText, Texts};
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder, Fields};

#[derive(Debug)]
pub(in crate::manifest) struct RawOverride {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) approvers: Texts,
    pub(in crate::manifest) systems: Texts,
    pub(in crate::manifest) threshold: Option<Spanned<u64>>,
    pub(in crate::manifest) max_duration: Option<Spanned<Duration>>,
    pub(in crate::manifest) record: RawDuty,
    pub(in crate::manifest) clean_up: RawDuty,
    pub(in crate::manifest) review: RawDuty,
}

/// Who has to do something after an exception has ended, and within which time.
#[derive(Debug)]
pub(in crate::manifest) struct RawDuty {
    pub(in crate::manifest) by: MaybeText,
    pub(in crate::manifest) within: Option<Spanned<Duration>>,
}

pub(super) fn read_override(decoder: &Decoder, block: Block<'_>) -> RawOverride {
    let mut fields = decoder.block(block);
    let rule = RawOverride {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        approvers: fields.required_strings("approvers").unwrap_or_default(),
        systems: fields.required_strings("systems").unwrap_or_default(),
        threshold: fields.count("threshold"),
        max_duration: fields.required_duration("max_duration"),
        record: read_duty(&mut fields, "record_by", "record_within"),
        clean_up: read_duty(&mut fields, "cleanup_by", "cleanup_within"),
        review: read_duty(&mut fields, "review_by", "review_within"),
    };
    fields.finish();
    rule
}

fn read_duty(fields: &mut Fields<'_>, by: &'static str, within: &'static str) -> RawDuty {
    RawDuty { by: fields.required_string(by), within: fields.required_duration(within) }
}
