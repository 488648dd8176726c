//! The closed list of finding codes.
//!
//! [`Code`] names each kind of finding, and [`CODES`] holds one row a code: its name in output, how severe it is, which
//! side failed, who answers first, who is informed, what it means, what to do, and which controls it is evidence
//! towards. Reports, `countersign explain` and `schemas/check-v1.json` all come from these rows.
//!
//! To add a code, add a variant and its row, both at the same place, and a case in `testdata/findings/`.

mod rows;

use strum::VariantArray;

use super::accountability::{AccountableRole, FailedSide};
use crate::authority::{ExceptionFlaw, Flaw, SubjectFlaw, TicketFlaw};
use crate::manifest::Duty;
pub use rows::{CODE_GROUPS, CODES, CodeGroup};

/// What kind of thing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
#[expect(missing_docs, reason = "`CodeRow::meaning` says it, to readers of the code and of the output alike")]
pub enum Code {
    Unapproved,
    WiderAction,
    WiderResource,
    WiderPrincipal,
    WiderCondition,
    Expired,
    NotYetValid,
    NoAuthority,
    ThresholdNotMet,
    SelfApproved,
    RequestIncomplete,
    CeilingExceeded,
    ReviewOverdue,
    Withdrawn,
    TicketUnknown,
    TicketEnded,
    TicketMismatch,
    TicketsStale,
    WrongSubjectKind,
    NoOwner,
    ReusedIdentity,
    LongLived,
    UnknownUntilApply,
    Undecided,
    UngovernedPath,
    UnsupportedType,
    UnsupportedProvider,
    IncompletePlan,
    SourcesUnseen,
    ConflictingFacts,
    PlanChanged,
    OrphanedGrant,
    Drift,
    DeliveredWider,
    ExceptionUnrecorded,
    CleanupOverdue,
    PostReviewOverdue,
    UnsignedInChange,
    SignatureInvalid,
    AuthorityRollback,
    NoManifest,
}

/// How much a finding weighs. Each of them blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum FindingSeverity {
    /// The plan or the approval has to be put in order first.
    Medium,
    /// Access would be given that nobody may give.
    High,
    /// Access would be given to outsiders or to everything, or the control itself was bypassed.
    Critical,
}

impl FindingSeverity {
    /// The word in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// All that is known of a code, whatever the finding.
#[derive(Clone, Copy, Debug)]
pub struct CodeRow {
    /// The code.
    pub code: Code,
    /// Its name in output.
    pub name: &'static str,
    /// How much a finding of this code weighs.
    pub severity: FindingSeverity,
    /// When a finding of this code is critical all the same, as the rest of "critical where …".
    pub critical_where: Option<&'static str>,
    /// Which side failed.
    pub side: FailedSide,
    /// The role of whoever answers first.
    pub accountable: AccountableRole,
    /// The roles that are informed.
    pub informed: &'static [AccountableRole],
    /// What it means: one lower-case sentence.
    pub meaning: &'static str,
    /// What to do next, where the finding itself says nothing more precise: an instruction.
    pub remedy: &'static str,
    /// Controls that the finding is evidence towards: identifiers of [`super::CONTROLS`]. Those of NIST AI RMF
    /// (`GOVERN 3.2`) count only where an agent gets the access.
    pub controls: &'static [&'static str],
    /// When it is raised and why it blocks: a few sentences, paragraphs apart by an empty line.
    pub explanation: &'static str,
}

impl Code {
    /// Every code, in the order in which they are explained.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The code of a finding that is about a flaw of an approval.
    pub fn of_flaw(flaw: &Flaw) -> Self {
        match flaw {
            Flaw::RequestIncomplete { .. } => Self::RequestIncomplete,
            Flaw::SelfApproved { .. } | Flaw::Beneficiary { .. } | Flaw::NotSeparate { .. } => {
                Self::SelfApproved
            }
            Flaw::CeilingExceeded { .. } => Self::CeilingExceeded,
            Flaw::ReviewOverdue { .. } | Flaw::ReviewUnsettled { .. } => Self::ReviewOverdue,
            Flaw::Withdrawn { .. } => Self::Withdrawn,
            Flaw::NoAuthority { .. } => Self::NoAuthority,
            Flaw::ThresholdNotMet { .. } => Self::ThresholdNotMet,
            Flaw::OtherAddress { .. }
            | Flaw::OtherPlace
            | Flaw::PlaceNotNamed { .. }
            | Flaw::ReferenceRefused { .. } => Self::Unapproved,
            Flaw::PlaceUnknown { .. } => Self::Undecided,
            Flaw::Ticket(flaw) => match flaw {
                TicketFlaw::Unknown { .. } => Self::TicketUnknown,
                TicketFlaw::Ended { .. } => Self::TicketEnded,
                TicketFlaw::OtherRequester { .. } | TicketFlaw::OtherApprover { .. } => Self::TicketMismatch,
                TicketFlaw::Stale { .. } | TicketFlaw::Missing { .. } => Self::TicketsStale,
            },
            Flaw::Subject(flaw) => match flaw {
                SubjectFlaw::WrongKind { .. } => Self::WrongSubjectKind,
                SubjectFlaw::KindUnknown { .. } => Self::Undecided,
                SubjectFlaw::NoOwner { .. } | SubjectFlaw::UnknownOwner { .. } => Self::NoOwner,
                SubjectFlaw::ReusedIdentity { .. } => Self::ReusedIdentity,
                SubjectFlaw::LongLived { .. } => Self::LongLived,
            },
            Flaw::Expired { .. } => Self::Expired,
            Flaw::NotYetValid { .. } => Self::NotYetValid,
            Flaw::UnsignedInChange { .. } => Self::UnsignedInChange,
            Flaw::SignatureInvalid { .. } => Self::SignatureInvalid,
            Flaw::Exception(flaw) => match flaw {
                ExceptionFlaw::NoOverride { .. }
                | ExceptionFlaw::NotEntitled { .. }
                | ExceptionFlaw::TooLong { .. } => Self::NoAuthority,
                ExceptionFlaw::ThresholdNotMet { .. } => Self::ThresholdNotMet,
                ExceptionFlaw::Ended { .. } | ExceptionFlaw::Closed { .. } => Self::Expired,
                ExceptionFlaw::NotStarted { .. } => Self::NotYetValid,
            },
        }
    }

    /// The code of a duty that is late.
    pub fn of_late_duty(duty: Duty) -> Self {
        match duty {
            Duty::Record => Self::ExceptionUnrecorded,
            Duty::CleanUp => Self::CleanupOverdue,
            Duty::Review => Self::PostReviewOverdue,
        }
    }

    /// All that is known of the code.
    #[expect(clippy::indexing_slicing, reason = "`rows` holds the rows in the order of the codes")]
    pub fn row(self) -> &'static CodeRow {
        &CODES[self as usize]
    }

    /// The name in output.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Which side failed.
    pub fn side(self) -> FailedSide {
        self.row().side
    }

    /// The role of whoever answers first.
    pub fn accountable(self) -> AccountableRole {
        self.row().accountable
    }

    /// Finds the code of a name, in whatever case it is written.
    pub fn from_name(name: &str) -> Option<Self> {
        CODES.iter().find(|row| row.name.eq_ignore_ascii_case(name)).map(|row| row.code)
    }
}
