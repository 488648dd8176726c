//! What comes of comparing two documents, as data for every report.

use crate::catalog::Used;
use crate::containment::{Dimension, Excess};
use access_algebra::evaluate::{Truth, matches};
use access_algebra::{Access, Effect, Statement};

use super::arn_readings::OtherReading;
use super::reason::CompareReason;

/// The answer for one pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// One of three.
    pub outcome: CompareOutcome,
    /// What a reader has to know besides; none of it changes the outcome.
    pub notes: Vec<CompareNote>,
}

/// Whether the planned document lies within what is approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompareOutcome {
    /// Proved.
    Contained,
    /// Disproved by a witness.
    Exceeds {
        /// The witness and all of its kind.
        excess: Box<Excess>,
        /// Why the witness is not approved.
        refusal: WitnessRefusal,
    },
    /// Neither.
    Undecided(CompareReason),
}

/// Why what is approved does not allow a witness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WitnessRefusal {
    /// A statement of what is approved denies it.
    Denied,
    /// No statement of what is approved allows anything.
    NothingApproved,
    /// The nearest allowing statement does not match in this dimension.
    Outside(Dimension),
}

/// Something that a reader of an answer has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompareNote {
    /// The content of a role decided.
    JudgedByContent(Used),
    /// A role was compared by its name, and a catalogue could know what it holds.
    JudgedByName,
    /// Another reading of ARNs gives another answer.
    OtherReading(OtherReading),
}

impl Answer {
    /// An answer without a comparison.
    pub fn undecided(reason: CompareReason) -> Self {
        Self { outcome: CompareOutcome::Undecided(reason), notes: Vec::new() }
    }

    /// The witness and all of its kind, where it exceeds.
    pub fn excess(&self) -> Option<&Excess> {
        match &self.outcome {
            CompareOutcome::Exceeds { excess, .. } => Some(excess),
            CompareOutcome::Contained | CompareOutcome::Undecided(_) => None,
        }
    }
}

impl WitnessRefusal {
    /// Finds why an Access does not allow the witness of an excess.
    pub(super) fn find(approved: &Access, excess: &Excess) -> Self {
        let is_of = |effect: Effect| move |statement: &&Statement| statement.effect == effect;
        let mut denying = approved.statements.iter().filter(is_of(Effect::Deny));
        if denying.any(|statement| matches(statement, &excess.witness.request) == Truth::Yes) {
            return Self::Denied;
        }
        match approved.statements.iter().find(is_of(Effect::Allow)) {
            Some(_) => Self::Outside(excess.dimension),
            None => Self::NothingApproved,
        }
    }
}

impl CompareOutcome {
    pub(super) const CONTAINED: &'static str = "contained";
    pub(super) const EXCEEDS: &'static str = "exceeds";
    pub(super) const UNDECIDED: &'static str = "undecided";

    /// The word for it in output.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Contained => Self::CONTAINED,
            Self::Exceeds { .. } => Self::EXCEEDS,
            Self::Undecided(_) => Self::UNDECIDED,
        }
    }
}
