//! What a finding says, as data: what happened, to which grant, and what else there is to know.
//!
//! The sentences are the reports'. Nothing that a plan marks as sensitive is in here.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::authority::{DoneRefusal, Flaw};
use crate::catalog::{CatalogMiss, Used};
use crate::grants::Change;
use crate::lower::Dialect;
use crate::manifest::{Duty, EarlierSerial};
use crate::plan::AlarmCause;
use crate::reason::ShownReason;
use crate::rules::GrantKind;
use crate::rules::suspect::Suspicion;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingMessage {
    /// No approval covers a grant.
    Unapproved {
        /// The grant.
        grant: GrantOutline,
        /// Tickets that it names and that have no approval.
        missing: Vec<String>,
    },
    /// A grant could not be decided.
    Undecided {
        /// The grant.
        grant: GrantOutline,
        /// Why not.
        reason: ShownReason,
    },
    /// An approval that would cover a grant is not in force.
    Flawed {
        /// The grant.
        grant: GrantOutline,
        /// The approval.
        ticket: String,
        /// What keeps it from being in force.
        flaw: Flaw,
    },
    /// The plan brings another object to an address that an approval refers to.
    Replaced {
        /// The approval.
        ticket: String,
        /// Why its reference does not count.
        flaw: Flaw,
    },
    /// A grant exceeds its approvals; the code says in what.
    Exceeds {
        /// The grant.
        grant: GrantOutline,
        /// The approvals.
        tickets: Vec<String>,
    },
    /// No rule reads an object that may grant access.
    Unread {
        /// Its type.
        type_name: String,
        /// Why it may grant access.
        suspicion: Suspicion,
    },
    /// No rule pack reads the provider of objects.
    UnreadProvider {
        /// Its source address.
        provider: String,
        /// How many resource changes are of it.
        count: usize,
    },
    /// Something runs, or only a part is applied, and no approval in force names that.
    Run {
        /// What.
        run: RunOutline,
        /// Why it does not pass.
        cause: RunCause,
    },
    /// An earlier version of the authority had a higher serial.
    Rollback {
        /// The one that it has now.
        serial: Option<u64>,
        /// The one that it had.
        earlier: EarlierSerial,
    },
    /// What somebody has to do after an exception is late.
    LateDuty {
        /// The exception.
        exception: String,
        /// Its system.
        system: String,
        /// What has to be done.
        duty: Duty,
        /// Since when it is late.
        due: Timestamp,
        /// Why what the exception says of it does not count.
        refused: Option<DoneRefusal>,
        /// The grant that is still there, where the plan shows one.
        remaining: Option<GrantOutline>,
    },
    /// Something blocks whatever the grants are.
    Alarm(AlarmCause),
}

/// What a sentence about a run needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunOutline {
    /// A provisioner.
    Provisioner {
        /// Its type, such as `local-exec`.
        kind: String,
    },
    /// A plan made with `-target`.
    Target {
        /// The addresses that it changes and that no approval lists.
        missing: Vec<String>,
    },
}

/// Why a run does not pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunCause {
    /// No approval names it.
    Unapproved,
    /// These approvals name something else.
    Differs {
        /// Their tickets.
        tickets: Vec<String>,
    },
    /// It is not known what runs.
    Undecided(ShownReason),
    /// The approval that names it is not in force.
    Flawed {
        /// The approval.
        ticket: String,
        /// What keeps it from being in force.
        flaw: Flaw,
    },
}

/// A fact that nobody gave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingFact {
    /// As it is given: `aws.account@prod`.
    pub fact: String,
    /// The provider configuration that it is about: `aws.prod`.
    pub provider: String,
}

/// What a provisioner runs, as an approval names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunDigest {
    /// Its type, such as `local-exec`.
    pub kind: String,
    /// The SHA-256 of the canonical form of what it runs; several where a condition that is not known chooses.
    pub sha256: Vec<String>,
}

/// What a sentence about a grant needs to know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantOutline {
    /// What kind it is.
    pub kind: GrantKind,
    /// What the plan does to it.
    pub change: Change,
    /// Whose vocabulary it uses.
    pub dialect: Dialect,
    /// Who gets the access; empty where nobody is named or where it must not be printed.
    pub holders: Vec<String>,
    /// What an opaque grant does: "runs a program".
    pub does: Option<String>,
    /// The limit that goes, where one does.
    pub limit: Option<String>,
}

impl GrantOutline {
    /// Whether it was found among what exists, and in no plan.
    pub fn exists(&self) -> bool {
        matches!(self.change, Change::Delivered | Change::Altered)
    }
}

/// What a trust for federated identities does not pin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenTrust {
    /// The host of the issuer.
    pub issuer: String,
    /// Whether any subject is let in.
    pub is_subject_open: bool,
    /// The first pattern of subjects that holds a wildcard.
    pub subject: Option<String>,
    /// Whether a token for any audience is let in.
    pub is_audience_open: bool,
}

/// Something else that a reader of a finding has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindingNote {
    /// The action of the witness stands for one that AWS may add.
    StandInAction {
        /// The action.
        action: String,
        /// Of when the list of AWS's actions is.
        date: Date,
    },
    /// What a trust leaves open.
    OpenTrust(OpenTrust),
    /// The content of a role was read.
    JudgedByContent(Used),
    /// A role was judged by its name, though a catalogue could have held its content.
    JudgedByName(CatalogMiss),
    /// The approvals in force and an exception would cover a grant together, and an exception is not added to anything.
    ExceptionNotAdded {
        /// The exceptions that were left out.
        exceptions: Vec<String>,
    },
}
