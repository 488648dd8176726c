//! The manifest as it is written: blocks decoded to structs, nothing compared with anything.
//!
//! What is missing or cannot be read was reported while decoding and reads as `None` or as an empty list.

use std::collections::BTreeSet;

use super::signed::Proposal;
use crate::source::{Problem, Source, Spanned};
use crate::trust::DecisionKind;
use place::place_sets;
use spanned_hcl::{Block, Decoder, Fields, TextTemplate, parse};

mod access_review;
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
mod signature;
mod subject;
mod system;

pub(super) use access_review::{RawReview, RawWithdrawal};
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
pub(super) use signature::{RawSignature, pair_signatures};
pub(super) use subject::RawSubject;
pub(super) use system::{RawMatch, RawSystem};

type Texts = Vec<Spanned<String>>;
type MaybeText = Option<Spanned<String>>;
type Templates = Vec<Spanned<TextTemplate>>;

/// One file.
#[derive(Debug)]
pub(super) struct RawFile {
    pub(super) source: Source,
    /// Whether it begins with a byte order mark, which is not in its text.
    pub(super) is_marked: bool,
    /// The signatures beside it.
    pub(super) signatures: Vec<RawSignature>,
    /// The kind and the label of the one decision that it holds, where it holds nothing else.
    pub(super) only_decision: Option<(DecisionKind, String)>,
    pub(super) serial: Option<Spanned<u64>>,
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
        is_marked: false,
        signatures: Vec::new(),
        only_decision: None,
        serial: fields.count("serial"),
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
    file.only_decision = file.find_only_decision();
    fields.finish();
    (Some(file), decoder.finish())
}

impl RawFile {
    /// Every part is named, so that a new one is not passed over.
    fn find_only_decision(&self) -> Option<(DecisionKind, String)> {
        let Self {
            source: _,
            is_marked: _,
            signatures: _,
            only_decision: _,
            serial,
            process_owner: _,
            has_process_owner,
            unknown_names,
            approvals,
            systems,
            authorities,
            delegations,
            hygiene,
            persons,
            teams,
            place_sets,
            facts,
            providers,
            overrides,
            exceptions,
        } = self;
        let others = [
            usize::from(*has_process_owner),
            usize::from(serial.is_some()),
            unknown_names.len(),
            systems.len(),
            authorities.len(),
            delegations.len(),
            hygiene.len(),
            persons.len(),
            teams.len(),
            place_sets.len(),
            facts.len(),
            providers.len(),
            overrides.len(),
        ];
        let (kind, decision) = match (approvals.as_slice(), exceptions.as_slice()) {
            ([approval], []) => (DecisionKind::Approval, approval),
            ([], [exception]) => (DecisionKind::Exception, &exception.approval),
            _ => return None,
        };
        let is_alone = others.iter().all(|count| *count == 0);
        decision.id.as_ref().filter(|_| is_alone).map(|id| (kind, id.value.clone()))
    }

    /// A file that holds nothing.
    fn empty(source: Source) -> Self {
        Self {
            source,
            is_marked: false,
            signatures: Vec::new(),
            only_decision: None,
            serial: None,
            process_owner: None,
            has_process_owner: false,
            unknown_names: Vec::new(),
            approvals: Vec::new(),
            systems: Vec::new(),
            authorities: Vec::new(),
            delegations: Vec::new(),
            hygiene: Vec::new(),
            persons: Vec::new(),
            teams: Vec::new(),
            place_sets: Vec::new(),
            facts: Vec::new(),
            providers: Vec::new(),
            overrides: Vec::new(),
            exceptions: Vec::new(),
        }
    }

    /// Every decision that it holds.
    pub(super) fn decisions_mut(&mut self) -> impl Iterator<Item = &mut RawApproval> {
        self.approvals.iter_mut().chain(self.exceptions.iter_mut().map(|exception| &mut exception.approval))
    }

    /// The decisions of these tickets with their signatures and nothing else, as what a change proposes.
    pub(super) fn into_proposals(self, tickets: &BTreeSet<String>) -> Self {
        let Self { source, is_marked, signatures, only_decision, mut approvals, mut exceptions, .. } = self;
        let is_kept =
            |approval: &RawApproval| approval.id.as_ref().is_some_and(|id| tickets.contains(&id.value));
        approvals.retain(is_kept);
        exceptions.retain(|exception| is_kept(&exception.approval));
        let mut kept =
            Self { is_marked, signatures, only_decision, approvals, exceptions, ..Self::empty(source) };
        for approval in kept.decisions_mut() {
            approval.trust.proposal = Some(Proposal::Complete);
        }
        kept
    }

    /// Whether it holds no decision.
    pub(super) fn has_no_decision(&self) -> bool {
        self.approvals.is_empty() && self.exceptions.is_empty()
    }

    /// What it holds besides decisions.
    pub(super) fn into_parties(self) -> Self {
        Self { approvals: Vec::new(), exceptions: Vec::new(), ..self }
    }
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
