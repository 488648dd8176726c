//! Kinds of subjects: whom a grant empowers.
//!
//! An approval says which kinds it empowers, an authority says which kinds it may empower, and a plan shows of which kinds
//! the principals of a grant are. A kind decides who has to answer: a workload and an agent need a human owner.
//!
//! [`find_spelled_kind`] takes the name of a principal and returns what the name alone says. What a plan says besides is
//! found in [`crate::grants`].

mod spelled;

use std::collections::BTreeSet;

use strum::VariantArray;

pub use spelled::{SpelledKind, find_identity_key, find_spelled_kind};

/// Whom a grant empowers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, VariantArray)]
pub enum SubjectKind {
    /// A person.
    Human,
    /// A group or a team: persons, and whoever else is a member.
    Group,
    /// A service, a service account, a managed identity, or whoever holds a static key.
    Workload,
    /// An identity that another issuer vouches for, by OpenID Connect, SAML or a certificate.
    Federated,
    /// An AI agent.
    Agent,
}

impl SubjectKind {
    /// Every kind.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The kind of a word in a manifest or a rule pack.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Group => "group",
            Self::Workload => "workload",
            Self::Federated => "federated",
            Self::Agent => "agent",
        }
    }

    /// Whether it acts without anybody at hand, so that a person has to own it.
    pub fn needs_owner(self) -> bool {
        match self {
            Self::Workload | Self::Agent => true,
            Self::Human | Self::Group | Self::Federated => false,
        }
    }
}

/// Of which kinds somebody is, as far as that is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubjectKinds {
    /// Those that are known. A role that several kinds may assume has several.
    pub known: BTreeSet<SubjectKind>,
    /// Whether there may be others.
    pub is_open: bool,
}

impl SubjectKinds {
    /// Of one kind, and no other.
    pub fn one(kind: SubjectKind) -> Self {
        Self { known: BTreeSet::from([kind]), is_open: false }
    }

    /// Of kinds that nobody knows.
    pub fn unknown() -> Self {
        Self { known: BTreeSet::new(), is_open: true }
    }

    /// Adds what else is known.
    pub fn extend(&mut self, other: &Self) {
        self.known.extend(&other.known);
        self.is_open |= other.is_open;
    }
}
