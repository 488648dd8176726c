//! Why containment can be undecided, as data.
//!
//! Takes nothing and decides nothing: [`Undecidable`] is the closed list of everything that [`crate::contains`] can stop at,
//! each with the name of what it stopped at. A caller chooses an owner, a remedy and its own words by the variant.
//! [`std::fmt::Display`] is for callers that have no words of their own.

use std::fmt;
use std::sync::Arc;

use crate::{Hole, HoleKind};

/// Why neither a proof nor a witness was found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Undecidable {
    /// The answer depends on a fixed value that the caller did not give, see [`HoleKind::Fact`].
    MissingFact {
        /// The name of the fact.
        fact: Arc<str>,
    },
    /// The answer depends on a value that nobody knows yet, see [`HoleKind::Unknown`].
    UnknownValue {
        /// What names the value.
        value: Arc<str>,
    },
    /// The answer depends on a value that is given and could not be read, see [`HoleKind::Unreadable`].
    UnreadableValue {
        /// What names the value.
        value: Arc<str>,
    },
    /// The answer depends on what a policy variable stands for, see [`HoleKind::Variable`].
    Variable {
        /// The context key that gives the variable its value.
        key: Arc<str>,
    },
    /// The answer depends on what a condition means for a key with several values, see
    /// [`crate::Quantifier::Unsaid`].
    SeveralValues {
        /// The context key.
        key: Arc<str>,
    },
    /// The answer depends on a condition that nothing here understands, see [`crate::Test::Opaque`].
    OpaqueCondition {
        /// The condition in its canonical words.
        condition: Arc<str>,
    },
    /// Conditions read one key as values of different types, and no theory here decides them together.
    MixedTypes {
        /// The context key.
        key: Arc<str>,
    },
    /// The question cost more work than it may.
    Budget(Limit),
    /// A request was found that [`crate::evaluate`] does not confirm, and nothing missing explains why. This is a bug.
    Unconfirmed,
}

/// Which limit on work a question reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Limit {
    /// Too many states of automata and questions to theories.
    States,
    /// Too many branches, or branches nested too deep.
    Branches,
}

impl From<&Hole> for Undecidable {
    fn from(hole: &Hole) -> Self {
        let name = Arc::clone(&hole.name);
        match hole.kind {
            HoleKind::Variable => Self::Variable { key: name },
            HoleKind::Fact => Self::MissingFact { fact: name },
            HoleKind::Unknown => Self::UnknownValue { value: name },
            HoleKind::Unreadable => Self::UnreadableValue { value: name },
        }
    }
}

impl fmt::Display for Undecidable {
    /// One lower-case sentence without a full stop.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingFact { fact } => write!(f, "the fact `{fact}` is missing"),
            Self::UnknownValue { value } => write!(f, "the value of `{value}` is not known yet"),
            Self::UnreadableValue { value } => write!(f, "the value of `{value}` cannot be read"),
            Self::Variable { key } => {
                write!(f, "it depends on what the policy variable `${{{key}}}` stands for")
            }
            Self::SeveralValues { key } => write!(
                f,
                "the condition on `{key}` does not say whether any or all of several values must meet it"
            ),
            Self::OpaqueCondition { condition } => {
                write!(f, "the condition `{condition}` cannot be compared with any other")
            }
            Self::MixedTypes { key } => {
                write!(f, "the conditions on `{key}` read its value in different ways")
            }
            Self::Budget(limit) => write!(f, "the question is too large for its budget: {limit}"),
            Self::Unconfirmed => f.write_str(
                "a request was found that the second check does not confirm; this is a bug, please report it",
            ),
        }
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::States => "its patterns and statements make too many cases",
            Self::Branches => "the statements overlap in too many ways",
        })
    }
}
