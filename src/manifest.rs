//! The manifest: what people decided, and who they are.
//!
//! Takes the path of the manifest, a file or a folder, and returns a [`Manifest`]: approvals whose grants are lowered to
//! [`access_algebra::Access`], systems, authorities, persons and facts; or a [`ManifestError`] with every error at its
//! place. Blocks are decoded to raw structs first and validated afterwards; validation is the only way to a manifest.
//!
//! An error means that the manifest does not say clearly what was decided. Whether a decision is valid and in force is
//! [`crate::authority`]'s question.

mod access_review;
mod absent;
mod approval;
mod ceiling;
mod code_owners;
mod declaration;
mod exception;
mod exclusion;
mod glob;
mod grant;
mod granted;
mod hygiene;
mod identity;
mod literal;
mod parties;
mod place_names;
mod proposals;
mod raw;
mod references;
mod request;
mod run;
mod signed;
mod subject;
mod template;
mod tickets;
mod valid;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;

use crate::resolve::identity::ObjectReference;
use crate::source::{Palette, Problem, Source, Spanned, Walk, render, walk_signed};
use crate::trust::{DecisionKind, SignatureFault};

pub use access_review::{AccessReview, ReviewDecision, Withdrawal};
pub use approval::{Approval, ApprovalContent, VaryingGrants};
pub use ceiling::Ceiling;
pub use code_owners::{CodeOwner, CodeOwners};
pub use declaration::{Declaration, ProviderDeclaration};
pub use exception::{Done, Duty, DutyTerm, Exception, Override, Responsible};
pub use exclusion::Exclusion;
pub use glob::Glob;
pub use granted::{ApprovedGrant, ApprovedGrants, GrantTemplate};
pub use hygiene::{Hygiene, HygieneCheck, HygieneLevel};
pub(crate) use literal::escape;
pub use literal::{quote, quote_all};
pub use parties::{
    Authority, Delegation, Fact, Match, Person, PersonKey, ProcessOwner, Separation, Serial, System, Team,
};
pub use place_names::{Coverage, MatchSubject, PlaceNames, list_name};
pub use request::{RequestGap, RequestPart};
pub use run::{ApprovedRun, ApprovedRunSubject};
pub use signed::{ApprovalSignature, ApprovalTrust, Proposal, Signer};
pub use subject::Subject;
pub use template::{GrantScope, PlacedReference};
pub use tickets::{ExportedTicket, TicketExport, TicketsError};

/// Everything that people decided and told us.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// In the order of files and blocks.
    approvals: Vec<Approval>,
    /// Ticket IDs in lower case.
    by_id: BTreeMap<String, usize>,
    /// The numbers of approvals by the workload identities that they name; empty where no approval empowers one by its
    /// `subject` blocks.
    by_identity: BTreeMap<String, Vec<usize>>,
    /// By name.
    pub systems: BTreeMap<String, System>,
    /// By name.
    pub authorities: BTreeMap<String, Authority>,
    /// Break-glass, in the order of files and blocks.
    exceptions: Vec<Exception>,
    /// By name. No two are over one system.
    pub overrides: BTreeMap<String, Override>,
    /// By name.
    pub delegations: BTreeMap<String, Delegation>,
    /// How much negligence weighs.
    pub hygiene: Hygiene,
    /// By name.
    pub persons: BTreeMap<String, Person>,
    /// Logins in lower case, to the name of the person whose they are.
    by_login: BTreeMap<String, String>,
    /// By name in lower case.
    pub teams: BTreeMap<String, Team>,
    /// By label, `NAME` or `NAME@ALIAS`.
    pub facts: BTreeMap<String, Fact>,
    /// Providers and types that give no access, in the order of files and blocks.
    pub providers: Vec<ProviderDeclaration>,
    /// Who answers where nobody nearer does.
    pub process_owner: ProcessOwner,
    /// Who owns the files of the repository, where it says so. It stands beside the manifest and not in it.
    pub code_owners: Option<CodeOwners>,
    /// The tickets that approvals name, where an export was given. It stands beside the manifest and not in it.
    pub tickets: Option<TicketExport>,
    /// The files that it was read from, in order.
    sources: Vec<Source>,
    /// The number of this version, where it has one.
    pub serial: Option<Serial>,
    /// The highest number that an earlier version had, where one is known.
    pub earlier_serial: Option<EarlierSerial>,
    /// Signatures that stand beside no file of the manifest.
    pub stray_signatures: Vec<String>,
}

/// A number that an earlier version of a manifest had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierSerial {
    /// The number.
    pub value: u64,
    /// The commit that had it.
    pub commit: String,
}

/// Why there is no manifest. Never empty.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{} in the manifest", count_errors(.problems.len()))]
pub struct ManifestError {
    /// Everything that is wrong, in the order of files and places.
    pub problems: Vec<Problem>,
    /// What could be read, with stand-ins for what is missing: nothing is judged by it, and more may be said of it.
    pub draft: Option<Box<ManifestDraft>>,
}

/// A manifest with mistakes, of which more may be said.
#[derive(Clone, Debug)]
pub struct ManifestDraft {
    /// What could be read, with stand-ins for what is missing.
    pub manifest: Manifest,
    /// The approvals, by number, of whose decision nothing can be said: their authorities may be among what could not be
    /// read.
    pub undecidable: BTreeSet<usize>,
    /// Names of systems that have no block.
    pub unknown_systems: BTreeSet<String>,
    /// Whether every block was found.
    pub are_blocks_read: bool,
    /// Whether it can be said which system nothing names.
    pub are_systems_read: bool,
    /// Whether it can be said which person nothing names.
    pub are_persons_read: bool,
}

impl ManifestError {
    /// The error of a manifest that could be read.
    pub fn new(problems: Vec<Problem>) -> Self {
        Self { problems, draft: None }
    }

    /// The same with further problems.
    #[must_use]
    pub fn with(mut self, problems: Vec<Problem>) -> Self {
        self.problems.extend(problems);
        valid::sort_problems(&mut self.problems);
        self
    }

    /// All of it for people, with the lines around each place.
    pub fn render(&self, palette: Palette) -> String {
        render(&self.problems, palette)
    }
}

fn count_errors(errors: usize) -> String {
    if errors == 1 { "1 error".to_owned() } else { format!("{errors} errors") }
}

impl Manifest {
    /// Reads a file, or every `*.hcl` below a folder; `told` are facts that go before those of the manifest.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn read(path: &Path, told: &BTreeMap<String, String>) -> Result<Self, ManifestError> {
        Self::from_walk(&path.to_string_lossy(), walk_signed(path, "hcl"), told)
    }

    /// The manifest that these files make, wherever they were read; `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn from_walk(name: &str, walk: Walk, told: &BTreeMap<String, String>) -> Result<Self, ManifestError> {
        valid::manifest(name, &mut valid::decode(walk), told)
    }

    /// The manifest of sources alone.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn from_sources(name: &str, sources: &[Source]) -> Result<Self, ManifestError> {
        let walk = Walk { sources: sources.to_vec(), ..Walk::default() };
        Self::from_walk(name, walk, &BTreeMap::new())
    }

    /// The earlier version that had a higher serial than this one, where one is known. One that has none is lower than
    /// any.
    pub fn find_rollback(&self) -> Option<&EarlierSerial> {
        let own = self.serial.as_ref().map(|serial| serial.value);
        self.earlier_serial.as_ref().filter(|earlier| Some(earlier.value) > own)
    }

    /// The serial that a file of an older version holds, however the rest of it reads.
    pub fn read_serial(source: &Source) -> Option<u64> {
        raw::decode(source).0?.serial.map(|serial| serial.value)
    }

    /// What kind of decision a file holds, where it can be signed.
    ///
    /// # Errors
    ///
    /// Why it cannot be.
    pub fn find_signable(source: &Source, is_marked: bool) -> Result<DecisionKind, SignatureFault> {
        let mut file = raw::decode(source).0.ok_or(SignatureFault::NotAlone)?;
        file.is_marked = is_marked;
        valid::find_decision(&file)
    }

    /// All approvals, whether or not they hold.
    pub fn approvals(&self) -> &[Approval] {
        &self.approvals
    }

    /// The files that it was read from, in order.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// All exceptions, whether or not they hold.
    pub fn exceptions(&self) -> &[Exception] {
        &self.exceptions
    }

    /// The rule for exceptions of a system.
    pub fn override_over(&self, system: &str) -> Option<&Override> {
        self.overrides.values().find(|one| one.is_over(system))
    }

    /// The objects that approvals and exceptions refer to.
    pub fn references(&self) -> BTreeSet<ObjectReference> {
        let varying = self.list_decisions().filter_map(Approval::varying);
        varying.flat_map(VaryingGrants::references).map(|reference| reference.object.clone()).collect()
    }

    /// All approvals, and what exceptions say as approvals do.
    fn list_decisions(&self) -> impl Iterator<Item = &Approval> {
        self.approvals.iter().chain(self.exceptions.iter().map(|exception| &exception.approval))
    }

    /// The approval of a ticket, or what an exception with that label says as approvals do.
    pub fn find_decision(&self, id: &str) -> Option<&Approval> {
        let excepted =
            || self.exceptions.iter().map(|exception| &exception.approval).find(|one| one.id == id);
        self.approval(id).or_else(excepted)
    }

    /// The approval of a ticket, in whatever case the ticket is written: Google's labels know only lower case.
    pub fn approval(&self, ticket: &str) -> Option<&Approval> {
        self.by_id.get(&ticket.to_ascii_lowercase()).and_then(|index| self.approvals.get(*index))
    }

    /// Takes the approval of a ticket back on a day, as a `withdrawn` block does.
    pub fn withdraw(&mut self, ticket: &str, on: Date) {
        let approval =
            self.by_id.get(&ticket.to_ascii_lowercase()).and_then(|index| self.approvals.get_mut(*index));
        if let Some(approval) = approval {
            let span = approval.place.span;
            let by = Spanned { value: self.process_owner.name.clone(), span };
            let on = Spanned { value: on, span };
            let reason = String::new();
            approval.withdrawn = Some(Box::new(Withdrawal { on, by, reason, span }));
        }
    }

    /// Who is behind a login: the name of a declared person, else the login itself, in lower case. Two logins are
    /// one person where these are equal, because no forge tells logins apart by case.
    pub fn person_of(&self, login: &str) -> String {
        let login = login.to_ascii_lowercase();
        self.by_login.get(&login).map_or(login, |person| person.to_ascii_lowercase())
    }

    /// Whether a name is a login of a declared person.
    pub fn is_login(&self, name: &str) -> bool {
        self.by_login.contains_key(&name.to_ascii_lowercase())
    }

    /// Whether a name is that of a team, a person, or a login of a person.
    pub fn knows_party(&self, name: &str) -> bool {
        self.is_team(name) || self.is_login(name)
    }

    /// The approvals that name a workload identity; none where no approval says that it empowers one.
    pub fn approvals_of_identity(&self, key: &str) -> impl Iterator<Item = &Approval> {
        let numbers = self.by_identity.get(key).into_iter().flatten();
        numbers.filter_map(|number| self.approvals.get(*number))
    }

    /// Whether a name is that of a team.
    pub fn is_team(&self, name: &str) -> bool {
        self.teams.contains_key(&name.to_ascii_lowercase())
    }

    /// Who is behind a name: the persons of a team, else the one person.
    pub fn persons_of(&self, name: &str) -> BTreeSet<String> {
        match self.teams.get(&name.to_ascii_lowercase()) {
            Some(team) => team.members.iter().map(|login| self.person_of(&login.value)).collect(),
            None => BTreeSet::from([self.person_of(name)]),
        }
    }

    /// What was told about something that a plan does not hold, for a provider's alias or for all of them. An
    /// aliased provider does not fall back to the plain fact: that is the caller's to decide.
    pub fn fact(&self, label: &str) -> Option<&str> {
        self.facts.get(label).map(|fact| fact.value.as_str())
    }
}
