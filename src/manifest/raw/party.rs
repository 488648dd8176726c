//! `person` and `team` blocks as they are written.

use super::{MaybeText, Texts};
use crate::source::Span;
use spanned_hcl::{Block, Decoder};

#[derive(Debug)]
pub(in crate::manifest) struct RawPerson {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) logins: Texts,
    pub(in crate::manifest) keys: Vec<RawKey>,
}

#[derive(Debug)]
pub(in crate::manifest) struct RawKey {
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) ssh: MaybeText,
    pub(in crate::manifest) state: MaybeText,
}

#[derive(Debug)]
pub(in crate::manifest) struct RawTeam {
    pub(in crate::manifest) span: Span,
    pub(in crate::manifest) name: MaybeText,
    pub(in crate::manifest) members: Texts,
}

pub(super) fn read_person(decoder: &Decoder, block: Block<'_>) -> RawPerson {
    let mut fields = decoder.block(block);
    let keys: Vec<_> = fields.blocks("key").into_iter().map(|block| read_key(decoder, block)).collect();
    // A person with neither is a login alone, which needs no block.
    let logins = match keys.as_slice() {
        [] => fields.required_strings("logins").unwrap_or_default(),
        [_, ..] => fields.strings("logins"),
    };
    let name = decoder.labels(block, ["name"]).map(|[name]| name);
    let person = RawPerson { span: fields.span(), name, logins, keys };
    fields.finish();
    person
}

fn read_key(decoder: &Decoder, block: Block<'_>) -> RawKey {
    let mut fields = decoder.block(block);
    let key = RawKey {
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        ssh: fields.required_string("ssh"),
        state: fields.string("state"),
    };
    fields.finish();
    key
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
