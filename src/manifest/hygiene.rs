//! How much each kind of negligence in a manifest weighs.

use std::collections::BTreeMap;

use strum::VariantArray;

use crate::source::Place;

/// A kind of negligence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum HygieneCheck {
    /// An approval has expired.
    Expired,
    /// An approval expires soon.
    ExpiresSoon,
    /// An approval should have been looked at again.
    ReviewOverdue,
    /// An approval lies within another one.
    Overlapping,
    /// Nothing uses a block, or an approval can never count.
    Unused,
    /// Nobody can decide under an authority, or by a delegation.
    UnreachableAuthority,
    /// A decision names somebody who is not declared.
    UnknownPerson,
    /// An approval does not say where its ticket can be read.
    MissingEvidence,
}

/// How much it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, VariantArray)]
pub enum HygieneLevel {
    /// Nothing is said.
    Off,
    /// It is a warning of `lint`.
    Warn,
    /// It is an error of `lint`; an approval whose review is overdue does not count.
    Error,
}

/// The levels of a manifest.
#[derive(Clone, Debug, Default)]
pub struct Hygiene {
    /// Those that differ from [`HygieneCheck::default_level`] or repeat it.
    pub levels: BTreeMap<HygieneCheck, HygieneLevel>,
    /// The block's heading, where there is one.
    pub place: Option<Place>,
}

impl Hygiene {
    /// How much a kind of negligence weighs.
    pub fn level(&self, check: HygieneCheck) -> HygieneLevel {
        self.levels.get(&check).copied().unwrap_or(check.default_level())
    }
}

impl HygieneCheck {
    /// Every kind.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word in a manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::ExpiresSoon => "expires_soon",
            Self::ReviewOverdue => "review_overdue",
            Self::Overlapping => "overlapping",
            Self::Unused => "unused",
            Self::UnreachableAuthority => "unreachable_authority",
            Self::UnknownPerson => "unknown_person",
            Self::MissingEvidence => "missing_evidence",
        }
    }

    /// The level where a manifest does not say one. Whoever wrote `review_by` meant it.
    pub fn default_level(self) -> HygieneLevel {
        match self {
            Self::ReviewOverdue => HygieneLevel::Error,
            Self::Expired
            | Self::ExpiresSoon
            | Self::Overlapping
            | Self::Unused
            | Self::UnreachableAuthority
            | Self::MissingEvidence => HygieneLevel::Warn,
            // A manifest need not declare persons with one login.
            Self::UnknownPerson => HygieneLevel::Off,
        }
    }
}

impl HygieneLevel {
    /// Every level.
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// The word in a manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}
