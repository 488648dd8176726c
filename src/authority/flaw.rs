//! What can be wrong with a decision, as data.

use std::time::Duration;

use jiff::civil::Date;

use crate::resolve::identity::ReferenceRefusal;
use crate::source::Spanned;

/// Why a decision does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
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
    /// The last day is over.
    Expired {
        /// The first day on which it no longer holds.
        expires_on: Spanned<Date>,
    },
    /// The first day is still to come.
    NotYetValid {
        /// The first day on which it holds.
        starts_on: Spanned<Date>,
    },
}

impl Flaw {
    /// The approver whose decision it is about, where it is about one of several.
    pub fn approver(&self) -> Option<&str> {
        match self {
            Self::SelfApproved { approver, .. }
            | Self::Beneficiary { approver, .. }
            | Self::NoAuthority { approver, .. } => Some(&approver.value),
            Self::ThresholdNotMet { .. }
            | Self::OtherAddress { .. }
            | Self::OtherPlace
            | Self::PlaceUnknown { .. }
            | Self::PlaceNotNamed { .. }
            | Self::ReferenceRefused { .. }
            | Self::Expired { .. }
            | Self::NotYetValid { .. } => None,
        }
    }
}

/// Why a reference of an approval does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReferenceFlaw {
    /// Because of what the plan does to the object, or does not say of it.
    Object(ReferenceRefusal),
    /// The object lies in another place than the grant.
    OtherPlace,
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
