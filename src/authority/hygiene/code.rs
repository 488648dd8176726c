//! The closed list of what `lint` says about decisions and about neglect.

use strum::VariantArray;

use crate::authority::{ExceptionFlaw, Flaw, SubjectFlaw, TicketFlaw};
use crate::manifest::{Duty, HygieneCheck};

/// What kind of thing `lint` says. What `check` says as well has the name of its finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
#[expect(missing_docs, reason = "`LintCode::name` says it, and docs/manifest.md explains it")]
pub enum LintCode {
    RequestIncomplete,
    SelfApproved,
    NoAuthority,
    ThresholdNotMet,
    CeilingExceeded,
    Expired,
    ReviewOverdue,
    ExpiresSoon,
    DecidedInFuture,
    VoidReview,
    TicketUnknown,
    TicketEnded,
    TicketMismatch,
    TicketsStale,
    MissingEvidence,
    Overlapping,
    Unused,
    UnreachableAuthority,
    VoidDelegation,
    UnknownPerson,
    UnknownCondition,
    UnknownPolicy,
    NoApprovals,
    ExceptionUnrecorded,
    CleanupOverdue,
    PostReviewOverdue,
    SignatureInvalid,
    UnsignedInChange,
    AuthorityRollback,
    StraySignature,
    NoOwner,
    ReusedIdentity,
}

impl LintCode {
    /// Every code.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The code of a flaw; `None` where a manifest alone does not show whether the flaw is there.
    pub fn of_flaw(flaw: &Flaw) -> Option<Self> {
        Some(match flaw {
            Flaw::RequestIncomplete { .. } => Self::RequestIncomplete,
            Flaw::SelfApproved { .. } | Flaw::Beneficiary { .. } | Flaw::NotSeparate { .. } => {
                Self::SelfApproved
            }
            Flaw::NoAuthority { .. } => Self::NoAuthority,
            Flaw::ThresholdNotMet { .. } => Self::ThresholdNotMet,
            Flaw::CeilingExceeded { .. } => Self::CeilingExceeded,
            Flaw::Expired { .. } => Self::Expired,
            Flaw::SignatureInvalid { .. } => Self::SignatureInvalid,
            Flaw::UnsignedInChange { .. } => Self::UnsignedInChange,
            Flaw::ReviewOverdue { .. } | Flaw::ReviewUnsettled { .. } => Self::ReviewOverdue,
            Flaw::Ticket(flaw) => match flaw {
                TicketFlaw::Unknown { .. } => Self::TicketUnknown,
                TicketFlaw::Ended { .. } => Self::TicketEnded,
                TicketFlaw::OtherRequester { .. } | TicketFlaw::OtherApprover { .. } => Self::TicketMismatch,
                TicketFlaw::Stale { .. } => Self::TicketsStale,
                // `lint` needs no tickets.
                TicketFlaw::Missing { .. } => return None,
            },
            Flaw::Subject(flaw) => match flaw {
                SubjectFlaw::NoOwner { .. } | SubjectFlaw::UnknownOwner { .. } => Self::NoOwner,
                SubjectFlaw::ReusedIdentity { .. } => Self::ReusedIdentity,
                // These need a plan.
                SubjectFlaw::WrongKind { .. }
                | SubjectFlaw::KindUnknown { .. }
                | SubjectFlaw::LongLived { .. } => return None,
            },
            Flaw::Exception(flaw) => match flaw {
                ExceptionFlaw::NoOverride { .. }
                | ExceptionFlaw::NotEntitled { .. }
                | ExceptionFlaw::TooLong { .. } => Self::NoAuthority,
                ExceptionFlaw::ThresholdNotMet { .. } => Self::ThresholdNotMet,
                // That it is over is as it should be.
                ExceptionFlaw::Ended { .. }
                | ExceptionFlaw::NotStarted { .. }
                | ExceptionFlaw::Closed { .. } => return None,
            },
            // An approval that is not yet in force or was taken back is no mistake, and flaws of a place are those of a grant.
            Flaw::NotYetValid { .. }
            | Flaw::Withdrawn { .. }
            | Flaw::OtherAddress { .. }
            | Flaw::OtherPlace
            | Flaw::PlaceUnknown { .. }
            | Flaw::PlaceNotNamed { .. }
            | Flaw::ReferenceRefused { .. } => return None,
        })
    }

    /// The code of what has to be done after an exception.
    pub fn of_duty(duty: Duty) -> Self {
        match duty {
            Duty::Record => Self::ExceptionUnrecorded,
            Duty::CleanUp => Self::CleanupOverdue,
            Duty::Review => Self::PostReviewOverdue,
        }
    }

    /// The kind of neglect, where it is one whose level a manifest sets.
    pub fn check(self) -> Option<HygieneCheck> {
        match self {
            Self::Expired => Some(HygieneCheck::Expired),
            Self::ReviewOverdue => Some(HygieneCheck::ReviewOverdue),
            Self::ExpiresSoon => Some(HygieneCheck::ExpiresSoon),
            Self::MissingEvidence => Some(HygieneCheck::MissingEvidence),
            Self::Overlapping => Some(HygieneCheck::Overlapping),
            Self::Unused => Some(HygieneCheck::Unused),
            Self::UnreachableAuthority | Self::VoidDelegation => Some(HygieneCheck::UnreachableAuthority),
            Self::UnknownPerson => Some(HygieneCheck::UnknownPerson),
            Self::RequestIncomplete
            | Self::SelfApproved
            | Self::NoAuthority
            | Self::ThresholdNotMet
            | Self::CeilingExceeded
            | Self::DecidedInFuture
            | Self::VoidReview
            | Self::TicketUnknown
            | Self::TicketEnded
            | Self::TicketMismatch
            | Self::TicketsStale
            | Self::UnknownCondition
            | Self::UnknownPolicy
            | Self::NoApprovals
            | Self::ExceptionUnrecorded
            | Self::CleanupOverdue
            | Self::PostReviewOverdue
            | Self::SignatureInvalid
            | Self::UnsignedInChange
            | Self::AuthorityRollback
            | Self::StraySignature
            | Self::NoOwner
            | Self::ReusedIdentity => None,
        }
    }

    /// The name for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::RequestIncomplete => "REQUEST_INCOMPLETE",
            Self::SelfApproved => "SELF_APPROVED",
            Self::NoAuthority => "NO_AUTHORITY",
            Self::ThresholdNotMet => "THRESHOLD_NOT_MET",
            Self::CeilingExceeded => "CEILING_EXCEEDED",
            Self::Expired => "EXPIRED",
            Self::ReviewOverdue => "REVIEW_OVERDUE",
            Self::ExpiresSoon => "EXPIRES_SOON",
            Self::DecidedInFuture => "DECIDED_IN_FUTURE",
            Self::VoidReview => "VOID_REVIEW",
            Self::TicketUnknown => "TICKET_UNKNOWN",
            Self::TicketEnded => "TICKET_ENDED",
            Self::TicketMismatch => "TICKET_MISMATCH",
            Self::TicketsStale => "TICKETS_STALE",
            Self::MissingEvidence => "MISSING_EVIDENCE",
            Self::Overlapping => "OVERLAPPING",
            Self::Unused => "UNUSED",
            Self::UnreachableAuthority => "UNREACHABLE_AUTHORITY",
            Self::VoidDelegation => "VOID_DELEGATION",
            Self::UnknownPerson => "UNKNOWN_PERSON",
            Self::UnknownCondition => "UNKNOWN_CONDITION",
            Self::UnknownPolicy => "UNKNOWN_POLICY",
            Self::NoApprovals => "NO_APPROVALS",
            Self::ExceptionUnrecorded => "EXCEPTION_UNRECORDED",
            Self::CleanupOverdue => "CLEANUP_OVERDUE",
            Self::PostReviewOverdue => "POST_REVIEW_OVERDUE",
            Self::SignatureInvalid => "SIGNATURE_INVALID",
            Self::UnsignedInChange => "UNSIGNED_IN_CHANGE",
            Self::AuthorityRollback => "AUTHORITY_ROLLBACK",
            Self::StraySignature => "STRAY_SIGNATURE",
            Self::NoOwner => "NO_OWNER",
            Self::ReusedIdentity => "REUSED_IDENTITY",
        }
    }
}
