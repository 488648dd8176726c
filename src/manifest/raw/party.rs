//! `person` and `team` blocks as they are written.

use super::{MaybeText, Texts};
use crate::source::Span;
use spanned_hcl::{Block, Decoder};

#[derive(Debug)]
pub(in crate::manifest) struct RawPerson {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) logins: Texts,
}

#[derive(Debug)]
pub(in crate::manifest) struct RawTeam {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) members: Texts,
}

pub(super) fn read_person(decoder: &Decoder, block: Block<'_>) -> RawPerson {
    let mut fields = decoder.block(block);
    let person = RawPerson {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        logins: fields.required_strings("logins").unwrap_or_default(),
    };
    fields.finish();
    person
}

pub(super) fn read_team(decoder: &Decoder, block: Block<'_>) -> RawTeam {
    let mut fields = decoder.block(block);
    let team = RawTeam {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        members: fields.required_strings("members").unwrap_or_default(),
    };
    fields.finish();
    team
}
