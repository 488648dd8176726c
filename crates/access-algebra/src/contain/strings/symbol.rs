//! What candidate strings are made of, and which side of a set a string must be on.

use crate::Hole;

/// One character, or a placeholder for the whole string that a hole stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::contain) enum Symbol<'a> {
    Char(char),
    Placeholder(&'a Hole),
}

/// Whether a string must be a member of a set or must not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::contain) enum Membership {
    Inside,
    Outside,
}

impl Membership {
    /// The opposite requirement.
    pub(in crate::contain) fn negated(self) -> Self {
        match self {
            Self::Inside => Self::Outside,
            Self::Outside => Self::Inside,
        }
    }
}
