//! `approval` blocks as they are written.

use jiff::civil::Date;

use super::access_review::{RawReview, RawWithdrawal, read_review, read_withdrawal};
use super::grant::{RawGrant, grant};
use super::place::{RawPlaces, places};
use super::run::{self, RawRun};
use super::subject::{RawSubject, read_subject};
use super::{MaybeText, Texts};
use crate::manifest::request::RequestPart;
use crate::manifest::signed::ApprovalTrust;
use crate::source::{Span, Spanned};
use spanned_hcl::{Block, Decoder, Fields, did_you_mean};

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
    pub(in crate::manifest) review_by: Option<Spanned<Date>>,
    pub(in crate::manifest) evidence: Texts,
    pub(in crate::manifest) places: RawPlaces,
    pub(in crate::manifest) addresses: Texts,
    pub(in crate::manifest) subjects: Vec<RawSubject>,
    pub(in crate::manifest) grants: Vec<RawGrant>,
    pub(in crate::manifest) runs: Vec<RawRun>,
    pub(in crate::manifest) reviews: Vec<RawReview>,
    pub(in crate::manifest) withdrawn: Option<RawWithdrawal>,
    /// Parts of the request that stand there and could not be read, or under a misspelt name.
    pub(in crate::manifest) unreadable: Vec<RequestPart>,
    /// What stands beside it; nothing of it is in its block.
    pub(in crate::manifest) trust: ApprovalTrust,
}

impl RawApproval {
    /// One that says nothing.
    pub(super) fn empty(span: Span) -> Self {
        Self {
            span,
            id: None,
            title: None,
            justification: None,
            system: None,
            requester: None,
            subjects: Vec::new(),
            approvers: Vec::new(),
            approved_on: None,
            starts_on: None,
            expires_on: None,
            review_by: None,
            evidence: Vec::new(),
            places: RawPlaces::default(),
            addresses: Vec::new(),
            grants: Vec::new(),
            runs: Vec::new(),
            reviews: Vec::new(),
            withdrawn: None,
            unreadable: Vec::new(),
            trust: ApprovalTrust::default(),
        }
    }

    /// Whether something is missing that makes a decision.
    pub(in crate::manifest) fn is_incomplete(&self) -> bool {
        self.id.is_none()
            || self.approvers.is_empty()
            || self.approved_on.is_none()
            || self.expires_on.is_none()
            || !self.unreadable.is_empty()
    }

    /// Whether a part of the request could be read.
    fn has(&self, part: RequestPart) -> bool {
        match part {
            RequestPart::Requester => self.requester.is_some(),
            RequestPart::System => self.system.is_some(),
            RequestPart::Justification => self.justification.is_some(),
            RequestPart::Scope => !self.grants.is_empty() || !self.runs.is_empty(),
            RequestPart::Title => self.title.is_some(),
            RequestPart::Evidence => !self.evidence.is_empty(),
            RequestPart::ReviewBy => self.review_by.is_some(),
            RequestPart::Addresses => !self.addresses.is_empty(),
            RequestPart::Subject => !self.subjects.is_empty(),
        }
    }
}

pub(super) fn read_approval(decoder: &Decoder, block: Block<'_>) -> RawApproval {
    let mut fields = decoder.block(block);
    let mut approval = RawApproval {
        span: fields.span(),
        id: decoder.labels(block, ["id"]).map(|[id]| id),
        title: fields.string("title"),
        justification: fields.string("justification"),
        system: fields.string("system"),
        requester: fields.string("requester"),
        approvers: fields.required_strings("approvers").unwrap_or_default(),
        approved_on: fields.required_date("approved_on"),
        starts_on: fields.date("starts_on"),
        expires_on: fields.required_date("expires_on"),
        review_by: fields.date("review_by"),
        evidence: fields.strings("evidence"),
        places: places(&mut fields),
        addresses: fields.strings("addresses"),
        subjects: fields.blocks("subject").into_iter().map(|block| read_subject(decoder, block)).collect(),
        grants: fields.blocks("grant").into_iter().map(|block| grant(decoder, block)).collect(),
        runs: fields.blocks("run").into_iter().map(|block| run::decode(decoder, block)).collect(),
        reviews: fields.blocks("review").into_iter().map(|block| read_review(decoder, block)).collect(),
        withdrawn: read_withdrawal(decoder, &mut fields),
        unreadable: Vec::new(),
        trust: ApprovalTrust::default(),
    };
    approval.unreadable = find_unreadable(&approval, &fields);
    fields.finish();
    approval
}

/// The parts of the request that stand there and could not be read. A misspelt name is told where it stands.
fn find_unreadable(approval: &RawApproval, fields: &Fields<'_>) -> Vec<RequestPart> {
    let unknown = fields.unknown_names();
    let is_misspelt = |part: RequestPart| {
        unknown.iter().any(|name| did_you_mean(name, part.names().iter().copied()).is_some())
    };
    let missing = RequestPart::ALL.iter().copied().filter(|part| !approval.has(*part));
    missing
        .filter(|part| part.names().iter().any(|name| fields.key_span(name).is_some()) || is_misspelt(*part))
        .collect()
}
