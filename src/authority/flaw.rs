//! What can be wrong with a decision, as data.

use std::time::Duration;

use jiff::civil::Date;

use super::ExceptionFlaw;
use super::SubjectFlaw;
use super::TicketFlaw;
use super::ceiling::CeilingExcess;
use crate::manifest::{RequestGap, ReviewDecision, Separation};
use crate::resolve::identity::ReferenceRefusal;
use crate::source::Spanned;
use crate::subject::SubjectKind;
use crate::trust::SignatureFault;
use access_algebra::Witness;

/// Why a decision does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The request does not say all that it has to.
    RequestIncomplete {
        /// Who asked, as written; `None` where nobody is named.
        requester: Option<String>,
        /// What it leaves out; never empty.
        gaps: Vec<RequestGap>,
    },
    /// An approver is the person who asked.
    SelfApproved {
        /// Who approved, as written.
        approver: Spanned<String>,
        /// Who asked, as written.
        requester: String,
        /// Who both are.
        person: String,
        /// The team that approved or asked, where the person is in one.
        team: Option<String>,
    },
    /// An approver is one of those who are given access.
    Beneficiary {
        /// Who approved, as written.
        approver: Spanned<String>,
        /// The principal that is the same person, as written.
        principal: String,
    },
    /// An approver is somebody whom the authority keeps apart from approvers.
    NotSeparate {
        /// Who approved, as written.
        approver: Spanned<String>,
        /// As whom they may not approve.
        from: Separation,
        /// Who both are.
        person: String,
        /// The authority.
        authority: String,
    },
    /// The approval is wider than the authority lets anybody approve.
    CeilingExceeded {
        /// The first who approved under the authority, as written.
        approver: Spanned<String>,
        /// The authority that comes nearest.
        authority: String,
        /// By what.
        excess: Box<CeilingExcess>,
    },
    /// An approver may not decide this.
    NoAuthority {
        /// Who approved, as written.
        approver: Spanned<String>,
        /// For which system.
        system: String,
        /// What is lacking.
        lack: Lack,
    },
    /// Too few persons approved.
    ThresholdNotMet {
        /// The authority that comes nearest.
        authority: String,
        /// How many persons it wants.
        needed: u64,
        /// How many of its persons approved.
        have: u64,
        /// Who else may, in order; neither those who did nor who asked.
        entitled: Vec<String>,
    },
    /// The approval is for other addresses.
    OtherAddress {
        /// The addresses that it is for, as written.
        addresses: Vec<String>,
    },
    /// The approval is for other places.
    OtherPlace,
    /// Whether the approval speaks of the place depends on something that is not known.
    PlaceUnknown {
        /// What is not known: `account`.
        word: &'static str,
    },
    /// The approval does not say for which cluster or tenant it is, and the plan does.
    PlaceNotNamed {
        /// What is not named: `cluster`.
        word: &'static str,
        /// Where the grant is.
        name: String,
    },
    /// The approval refers to an object, and the plan does not prove that it is the one that was meant.
    ReferenceRefused {
        /// The reference, as written.
        reference: String,
        /// Why it does not count.
        refusal: ReferenceFlaw,
    },
    /// Only the change under review holds the approval, and it does not count by itself.
    UnsignedInChange {
        /// Its ticket.
        ticket: String,
        /// What is lacking.
        lack: ProposalLack,
    },
    /// A signature beside the approval is not good.
    SignatureInvalid {
        /// Its file.
        file: String,
        /// What is wrong with it.
        fault: SignatureFault,
    },
    /// Its ticket says something else.
    Ticket(TicketFlaw),
    /// What is wrong is whom it empowers.
    Subject(SubjectFlaw),
    /// The last day is over.
    Expired {
        /// The first day on which it no longer holds.
        expires_on: Spanned<Date>,
    },
    /// Somebody should have looked at the approval again.
    ReviewOverdue {
        /// The last day before which that was due.
        review_by: Spanned<Date>,
    },
    /// Somebody looked at the approval again and did not decide to keep it.
    ReviewUnsettled {
        /// When.
        on: Spanned<Date>,
        /// Who, as written.
        by: String,
        /// What they decided; not to keep it.
        decision: ReviewDecision,
    },
    /// The approval was taken back.
    Withdrawn {
        /// The first day on which it no longer holds.
        on: Spanned<Date>,
        /// Who took it back, as written.
        by: String,
    },
    /// The first day is still to come.
    NotYetValid {
        /// The first day on which it holds.
        starts_on: Spanned<Date>,
    },
    /// Of an exception.
    Exception(ExceptionFlaw),
}

/// Why a reference of an approval does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceFlaw {
    /// Because of what the plan does to the object, or does not say of it.
    Object(ReferenceRefusal),
    /// The object lies in another place than the grant.
    OtherPlace,
}

/// What an approval lacks that only the change under review holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposalLack {
    /// The signatures of these approvers, of whom not all may be needed.
    Signature(Vec<String>),
    /// It rests on a system, a set of places or the like that only the change declares.
    Declaration,
}

/// What an approver lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// No authority speaks of the system.
    Authority,
    /// Authorities speak of the system and do not name the approver.
    Entitlement {
        /// Those authorities, in order.
        authorities: Vec<String>,
        /// Whom they name, in order, without who asked.
        entitled: Vec<String>,
    },
    /// The grant is not where the system is, which is all that its authorities may decide about.
    Place {
        /// Another system, which is where the grant is.
        covered_by: Option<String>,
    },
    /// The right to decide was handed to the approver, and does not reach this.
    Delegation {
        /// The delegation.
        delegation: String,
        /// Who handed it on, as written.
        from: String,
        /// Why it does not reach this.
        fault: DelegationFault,
    },
    /// The approval empowers somebody of a kind that the authority does not list.
    Subject {
        /// The authority.
        authority: String,
        /// The kind.
        kind: SubjectKind,
    },
    /// Nobody has to look at the approval again within the time that the authority sets.
    Review {
        /// The authority.
        authority: String,
        /// When it is to be looked at, where it says that.
        review_by: Option<Spanned<Date>>,
        /// The longest time from the decision until then.
        max_review: Duration,
    },
    /// The approval holds for longer than the approver may decide.
    Duration {
        /// The authority that allows the most.
        authority: String,
        /// How long the approval holds.
        duration: Duration,
        /// The most that is allowed.
        max_duration: Duration,
    },
}

/// Why a delegation does not let an approval be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DelegationFault {
    /// Who handed the right on does not have it by the authority.
    NotOwn {
        /// The authority.
        authority: String,
    },
    /// Who handed it on asked for the access, gets it, or is kept apart from approvers.
    GiverInvolved,
    /// The decision is from before the first day.
    NotYet {
        /// The first day.
        starts_on: Date,
    },
    /// The last day is over.
    Ended {
        /// The first day on which it no longer holds.
        expires_on: Date,
    },
}

impl Flaw {
    /// The approver whose decision it is about, where it is about one of several.
    pub fn approver(&self) -> Option<&str> {
        match self {
            Self::SelfApproved { approver, .. }
            | Self::Beneficiary { approver, .. }
            | Self::NotSeparate { approver, .. }
            | Self::CeilingExceeded { approver, .. }
            | Self::NoAuthority { approver, .. } => Some(&approver.value),
            Self::Exception(flaw) => flaw.approver().map(|approver| approver.value.as_str()),
            Self::Subject(SubjectFlaw::LongLived { approver, .. }) => Some(&approver.value),
            Self::RequestIncomplete { .. }
            | Self::Subject(_)
            | Self::ThresholdNotMet { .. }
            | Self::OtherAddress { .. }
            | Self::OtherPlace
            | Self::PlaceUnknown { .. }
            | Self::PlaceNotNamed { .. }
            | Self::ReferenceRefused { .. }
            | Self::Expired { .. }
            | Self::ReviewOverdue { .. }
            | Self::ReviewUnsettled { .. }
            | Self::Withdrawn { .. }
            | Self::Ticket(_)
            | Self::UnsignedInChange { .. }
            | Self::SignatureInvalid { .. }
            | Self::NotYetValid { .. } => None,
        }
    }

    /// Whether it is where a grant is made, and not the decision itself, that keeps the approval from holding there.
    pub fn is_about_place(&self) -> bool {
        match self {
            Self::OtherAddress { .. }
            | Self::OtherPlace
            | Self::PlaceUnknown { .. }
            | Self::PlaceNotNamed { .. } => true,
            Self::NoAuthority { lack, .. } => matches!(lack, Lack::Place { .. }),
            Self::RequestIncomplete { .. }
            | Self::SelfApproved { .. }
            | Self::Beneficiary { .. }
            | Self::NotSeparate { .. }
            | Self::CeilingExceeded { .. }
            | Self::ThresholdNotMet { .. }
            | Self::ReferenceRefused { .. }
            | Self::Subject(_)
            | Self::Expired { .. }
            | Self::ReviewOverdue { .. }
            | Self::ReviewUnsettled { .. }
            | Self::Withdrawn { .. }
            | Self::Ticket(_)
            | Self::UnsignedInChange { .. }
            | Self::SignatureInvalid { .. }
            | Self::NotYetValid { .. }
            | Self::Exception(_) => false,
        }
    }

    /// A request that shows it; `None` where a flaw is not about what is approved.
    pub fn witness(&self) -> Option<&Witness> {
        match self {
            Self::CeilingExceeded { excess, .. } => match &**excess {
                CeilingExcess::Grant { witness, .. } => Some(witness),
                CeilingExcess::Undecided { .. } | CeilingExcess::Run { .. } => None,
            },
            Self::SelfApproved { .. }
            | Self::Exception(_)
            | Self::Beneficiary { .. }
            | Self::NotSeparate { .. }
            | Self::NoAuthority { .. }
            | Self::RequestIncomplete { .. }
            | Self::Subject(_)
            | Self::ThresholdNotMet { .. }
            | Self::OtherAddress { .. }
            | Self::OtherPlace
            | Self::PlaceUnknown { .. }
            | Self::PlaceNotNamed { .. }
            | Self::ReferenceRefused { .. }
            | Self::Expired { .. }
            | Self::ReviewOverdue { .. }
            | Self::ReviewUnsettled { .. }
            | Self::Withdrawn { .. }
            | Self::Ticket(_)
            | Self::UnsignedInChange { .. }
            | Self::SignatureInvalid { .. }
            | Self::NotYetValid { .. } => None,
        }
    }
}
