//! `approval` blocks as they are written.

use jiff::civil::Date;

use super::grant::{RawGrant, grant};
use super::place::{RawPlaces, places};
use super::run::{self, RawRun};
use super::subject::{RawSubject, read_subject};
use super::{MaybeText, Texts};
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder};

#[derive(Debug)]
pub(in crate::manifest) struct RawApproval {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) id: MaybeText,
    pub(in crate::manifest) title: MaybeText,
    pub(in crate::manifest) justification: MaybeText,
    pub(in crate::manifest) system: MaybeText,
    pub(in crate::manifest) requester: MaybeText,
    pub(in crate::manifest) approvers: Texts,
    pub(in crate::manifest) approved_on: Option<Spanned<Date>>,
    pub(in crate::manifest) starts_on: Option<Spanned<Date>>,
    pub(in crate::manifest) expires_on: Option<Spanned<Date>>,
    pub(in crate::manifest) evidence: Texts,
    pub(in crate::manifest) places: RawPlaces,
    pub(in crate::manifest) addresses: Texts,
    pub(in crate::manifest) subjects: Vec<RawSubject>,
    pub(in crate::manifest) grants: Vec<RawGrant>,
    pub(in crate::manifest) runs: Vec<RawRun>,
}

impl RawApproval {
    /// Whether something is missing that every approval has to say.
    pub(in crate::manifest) fn is_incomplete(&self) -> bool {
        let texts = [&self.id, &self.justification, &self.system, &self.requester];
        texts.into_iter().any(Option::is_none)
            || self.approvers.is_empty()
            || self.approved_on.is_none()
            || self.expires_on.is_none()
    }
}

pub(super) fn read_approval(decoder: &Decoder, block: Block<'_>) -> RawApproval {
    let mut fields = decoder.block(block);
    let approval = RawApproval {
        span: fields.span(),
        id: decoder.labels(block, ["id"]).map(|[id]| id),
        title: fields.string("title"),
        justification: fields.required_string("justification"),
        system: fields.required_string("system"),
        requester: fields.required_string("requester"),
        approvers: fields.required_strings("approvers").unwrap_or_default(),
        approved_on: fields.required_date("approved_on"),
        starts_on: fields.date("starts_on"),
        expires_on: fields.required_date("expires_on"),
        evidence: fields.strings("evidence"),
        places: places(&mut fields),
        addresses: fields.strings("addresses"),
        subjects: fields.blocks("subject").into_iter().map(|block| read_subject(decoder, block)).collect(),
        grants: fields.blocks("grant").into_iter().map(|block| grant(decoder, block)).collect(),
        runs: fields.blocks("run").into_iter().map(|block| run::decode(decoder, block)).collect(),
    };
    if approval.grants.is_empty() && approval.runs.is_empty() {
        let problem = fields.error("`approval` has no `grant` and no `run`, so it approves nothing");
        decoder.report(problem.help("add a `grant` block"));
    }
    fields.finish();
    approval
}
