//! The manifest as it is written: blocks decoded to structs, nothing compared with anything.
//!
//! What is missing or cannot be read was reported while decoding and reads as `None` or as an empty list.

use crate::source::{Problem, Source, Spanned};
use place::place_sets;
use spanned_hcl::{Block, Decoder, Fields, TextTemplate, parse};

mod approval;
mod authority;
mod exception;
mod fact;
mod grant;
mod hygiene;
mod override_rule;
mod party;
mod place;
mod provider;
mod run;
mod subject;
mod system;

pub(super) use approval::RawApproval;
pub(super) use authority::{RawAuthority, RawCeiling, RawDelegation};
pub(super) use exception::{RawDone, RawException};
pub(super) use fact::RawFact;
pub(super) use grant::{RawCondition, RawExcept, RawGrant};
pub(super) use hygiene::RawHygiene;
pub(super) use override_rule::{RawDuty, RawOverride};
pub(super) use party::{RawPerson, RawTeam};
pub(super) use place::{RawPlaceSet, RawPlaces};
pub(super) use provider::RawProvider;
pub(super) use run::{RawRun, TARGET};
pub(super) use subject::RawSubject;
pub(super) use system::{RawMatch, RawSystem};

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
    pub(super) delegations: Vec<RawDelegation>,
    pub(super) hygiene: Vec<RawHygiene>,
    pub(super) overrides: Vec<RawOverride>,
    pub(super) exceptions: Vec<RawException>,
    pub(super) persons: Vec<RawPerson>,
    pub(super) teams: Vec<RawTeam>,
    pub(super) place_sets: Vec<RawPlaceSet>,
    pub(super) facts: Vec<RawFact>,
    pub(super) providers: Vec<RawProvider>,
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
        approvals: read_all(&decoder, &mut fields, "approval", approval::read_approval),
        systems: read_all(&decoder, &mut fields, "system", system::read_system),
        authorities: read_all(&decoder, &mut fields, "authority", authority::read_authority),
        delegations: read_all(&decoder, &mut fields, "delegate", authority::read_delegation),
        hygiene: read_all(&decoder, &mut fields, "hygiene", hygiene::read_hygiene),
        overrides: read_all(&decoder, &mut fields, "override", override_rule::read_override),
        exceptions: read_all(&decoder, &mut fields, "exception", exception::read_exception),
        persons: read_all(&decoder, &mut fields, "person", party::read_person),
        teams: read_all(&decoder, &mut fields, "team", party::read_team),
        place_sets: place_sets(&decoder, &mut fields),
        facts: read_all(&decoder, &mut fields, "fact", fact::read_fact),
        providers: read_all(&decoder, &mut fields, "provider", provider::decode),
    };
    file.unknown_names = fields.unknown_names();
    fields.finish();
    (Some(file), decoder.finish())
}

/// Reads every block of a name.
fn read_all<'a, T>(
    decoder: &Decoder,
    fields: &mut Fields<'a>,
    name: &'static str,
    read: impl Fn(&Decoder, Block<'a>) -> T,
) -> Vec<T> {
    fields.blocks(name).into_iter().map(|block| read(decoder, block)).collect()
}
