//! The manifest as it is written: blocks decoded to structs, nothing compared with anything.
//!
//! What is missing or cannot be read was reported while decoding and reads as `None` or as an empty list.

use std::time::Duration;

use jiff::civil::Date;

use crate::source::{Problem, Source, Span, Spanned};
use grant::grant;
use place::{place_sets, places};
use spanned_hcl::{Block, Decoder, TextTemplate, parse};

mod grant;
mod place;
mod provider;
mod run;

pub(super) use grant::{RawCondition, RawExcept, RawGrant};
pub(super) use place::{RawPlaceSet, RawPlaces};
pub(super) use provider::RawProvider;
pub(super) use run::{RawRun, TARGET};

type Texts = Vec<Spanned<String>>;
type MaybeText = Option<Spanned<String>>;
type Templates = Vec<Spanned<TextTemplate>>;

/// One file.
#[derive(Debug)]
pub(super) struct RawFile {
    pub(super) source: Source,
    pub(super) process_owner: MaybeText,
    /// Whether an attribute of that name stands there, readable or not.
    pub(super) has_process_owner: bool,
    /// Names at the top of the file that mean nothing.
    pub(super) unknown_names: Vec<String>,
    pub(super) approvals: Vec<RawApproval>,
    pub(super) systems: Vec<RawSystem>,
    pub(super) authorities: Vec<RawAuthority>,
    pub(super) persons: Vec<RawPerson>,
    pub(super) teams: Vec<RawTeam>,
    pub(super) place_sets: Vec<RawPlaceSet>,
    pub(super) facts: Vec<RawFact>,
    pub(super) providers: Vec<RawProvider>,
}

#[derive(Debug)]
pub(super) struct RawApproval {
    pub(super) span: Span,
    pub(super) id: MaybeText,
    pub(super) title: MaybeText,
    pub(super) justification: MaybeText,
    pub(super) system: MaybeText,
    pub(super) requester: MaybeText,
    pub(super) approvers: Texts,
    pub(super) approved_on: Option<Spanned<Date>>,
    pub(super) starts_on: Option<Spanned<Date>>,
    pub(super) expires_on: Option<Spanned<Date>>,
    pub(super) evidence: Texts,
    pub(super) places: RawPlaces,
    pub(super) addresses: Texts,
    pub(super) grants: Vec<RawGrant>,
    pub(super) runs: Vec<RawRun>,
}

impl RawApproval {
    /// Whether something is missing that every approval has to say.
    pub(super) fn is_incomplete(&self) -> bool {
        let texts = [&self.id, &self.justification, &self.system, &self.requester];
        texts.into_iter().any(Option::is_none)
            || self.approvers.is_empty()
            || self.approved_on.is_none()
            || self.expires_on.is_none()
    }
}

#[derive(Debug)]
pub(super) struct RawSystem {
    pub(super) span: Span,
    pub(super) name: MaybeText,
    pub(super) owner: MaybeText,
    pub(super) contact: MaybeText,
    pub(super) matches: Vec<RawMatch>,
}

#[derive(Debug)]
pub(super) struct RawMatch {
    pub(super) providers: Texts,
    pub(super) places: RawPlaces,
    pub(super) modules: Texts,
    pub(super) addresses: Texts,
    pub(super) paths: Texts,
}

#[derive(Debug)]
pub(super) struct RawAuthority {
    pub(super) span: Span,
    pub(super) name: MaybeText,
    pub(super) approvers: Texts,
    pub(super) systems: Texts,
    pub(super) max_duration: Option<Spanned<Duration>>,
    pub(super) threshold: Option<Spanned<u64>>,
}

#[derive(Debug)]
pub(super) struct RawPerson {
    pub(super) span: Span,
    pub(super) name: MaybeText,
    pub(super) logins: Texts,
}

#[derive(Debug)]
pub(super) struct RawTeam {
    pub(super) span: Span,
    pub(super) name: MaybeText,
    pub(super) members: Texts,
}

#[derive(Debug)]
pub(super) struct RawFact {
    pub(super) span: Span,
    pub(super) label: MaybeText,
    pub(super) value: MaybeText,
}

/// Decodes one file, and says what could not be.
pub(super) fn decode(source: &Source) -> (Option<RawFile>, Vec<Problem>) {
    let body = match parse(source) {
        Ok(body) => body,
        Err(problem) => return (None, vec![*problem]),
    };
    let decoder = Decoder::new(source);
    let mut fields = decoder.file(&body);
    // It has to stand once in the manifest, not once in every file.
    let has_process_owner = fields.has("process_owner");
    let process_owner = if has_process_owner { fields.required_string("process_owner") } else { None };
    let mut file = RawFile {
        source: source.clone(),
        process_owner,
        has_process_owner,
        unknown_names: Vec::new(),
        approvals: fields
            .blocks("approval")
            .into_iter()
            .map(|block| read_approval(&decoder, block))
            .collect(),
        systems: fields.blocks("system").into_iter().map(|block| read_system(&decoder, block)).collect(),
        authorities: fields.blocks("authority").into_iter().map(|b| read_authority(&decoder, b)).collect(),
        persons: fields.blocks("person").into_iter().map(|block| read_person(&decoder, block)).collect(),
        teams: fields.blocks("team").into_iter().map(|block| team(&decoder, block)).collect(),
        place_sets: place_sets(&decoder, &mut fields),
        facts: fields.blocks("fact").into_iter().map(|block| read_fact(&decoder, block)).collect(),
        providers: fields.blocks("provider").into_iter().map(|b| provider::decode(&decoder, b)).collect(),
    };
    file.unknown_names = fields.unknown_names();
    fields.finish();
    (Some(file), decoder.finish())
}

fn read_approval(decoder: &Decoder, block: Block<'_>) -> RawApproval {
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

fn read_system(decoder: &Decoder, block: Block<'_>) -> RawSystem {
    let mut fields = decoder.block(block);
    let system = RawSystem {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        owner: fields.required_string("owner"),
        contact: fields.string("contact"),
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

fn read_authority(decoder: &Decoder, block: Block<'_>) -> RawAuthority {
    let mut fields = decoder.block(block);
    let authority = RawAuthority {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        approvers: fields.required_strings("approvers").unwrap_or_default(),
        systems: fields.required_strings("systems").unwrap_or_default(),
        max_duration: fields.required_duration("max_duration"),
        threshold: fields.count("threshold"),
    };
    fields.finish();
    authority
}

fn read_person(decoder: &Decoder, block: Block<'_>) -> RawPerson {
    let mut fields = decoder.block(block);
    let person = RawPerson {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        logins: fields.required_strings("logins").unwrap_or_default(),
    };
    fields.finish();
    person
}

fn team(decoder: &Decoder, block: Block<'_>) -> RawTeam {
    let mut fields = decoder.block(block);
    let team = RawTeam {
        span: fields.span(),
        name: decoder.labels(block, ["name"]).map(|[name]| name),
        members: fields.required_strings("members").unwrap_or_default(),
    };
    fields.finish();
    team
}

fn read_fact(decoder: &Decoder, block: Block<'_>) -> RawFact {
    let mut fields = decoder.block(block);
    let fact = RawFact {
        span: fields.span(),
        label: decoder.labels(block, ["name"]).map(|[label]| label),
        value: fields.required_string("value"),
    };
    fields.finish();
    fact
}
