//! `exception` blocks as they are written.

use jiff::Timestamp;
use jiff::civil::Date;

use super::MaybeText;
use super::approval::RawApproval;
use super::grant::grant;
use super::place::places;
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder, Fields};

#[derive(Debug)]
pub(in crate::manifest) struct RawException {
    /// What it says as an approval does. The days are those of its instants.
    pub(in crate::manifest) approval: RawApproval,
    pub(in crate::manifest) incident: MaybeText,
    pub(in crate::manifest) starts_at: Option<Spanned<Timestamp>>,
    pub(in crate::manifest) expires_at: Option<Spanned<Timestamp>>,
    pub(in crate::manifest) recorded: Option<RawDone>,
    pub(in crate::manifest) cleaned_up: Option<RawDone>,
    pub(in crate::manifest) reviewed: Option<RawDone>,
}

/// That somebody has done what an exception demands afterwards.
#[derive(Debug)]
pub(in crate::manifest) struct RawDone {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) on: Option<Spanned<Date>>,
    pub(in crate::manifest) by: MaybeText,
    /// What shows it, where that has to be said.
    pub(in crate::manifest) shown_by: MaybeText,
}

pub(super) fn read_exception(decoder: &Decoder, block: Block<'_>) -> RawException {
    let mut fields = decoder.block(block);
    let incident = fields.required_string("incident");
    let starts_at = fields.required_instant("starts_at");
    let expires_at = fields.required_instant("expires_at");
    let exception = RawException {
        approval: RawApproval {
            id: decoder.labels(block, ["id"]).map(|[id]| id),
            justification: fields.required_string("reason"),
            system: fields.required_string("system"),
            requester: fields.required_string("requester"),
            approvers: fields.required_strings("approvers").unwrap_or_default(),
            approved_on: starts_at.map(find_day),
            expires_on: expires_at.map(find_day),
            places: places(&mut fields),
            addresses: fields.strings("addresses"),
            grants: fields.blocks("grant").into_iter().map(|block| grant(decoder, block)).collect(),
            ..RawApproval::empty(fields.span())
        },
        incident,
        starts_at,
        expires_at,
        recorded: read_done(decoder, &mut fields, "recorded", None),
        cleaned_up: read_done(decoder, &mut fields, "cleaned_up", Some("evidence")),
        reviewed: read_done(decoder, &mut fields, "reviewed", Some("outcome")),
    };
    if exception.approval.grants.is_empty() {
        let problem = fields.error("`exception` has no `grant`, so it lets nothing by");
        decoder.report(problem.help("add a `grant` block"));
    }
    fields.finish();
    exception
}

fn find_day(instant: Spanned<Timestamp>) -> Spanned<Date> {
    let day = jiff::tz::Offset::UTC.to_datetime(instant.value).date();
    Spanned { value: day, span: instant.span }
}

/// `on`, `by`, and what shows it, where that has to be said.
fn read_done(
    decoder: &Decoder,
    exception: &mut Fields<'_>,
    name: &'static str,
    shown_by: Option<&'static str>,
) -> Option<RawDone> {
    let block = exception.block(name)?;
    let mut fields = decoder.block(block);
    let _: Option<[Spanned<String>; 0]> = decoder.labels(block, []);
    let done = RawDone {
        span: fields.span(),
        on: fields.required_date("on"),
        by: fields.required_string("by"),
        shown_by: shown_by.and_then(|name| fields.required_string(name)),
    };
    fields.finish();
    Some(done)
}
