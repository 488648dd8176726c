//! What strings are made of, and what is demanded of them.

use crate::Hole;

/// One character, or the letter that stands for a hole's whole string.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Symbol<'a> {
    Char(char),
    Letter(&'a Hole),
}

/// Whether a string must be in a set or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Demand {
    Inside,
    Outside,
}

impl Demand {
    pub(super) fn flipped_if(self, flip: bool) -> Self {
        match (self, flip) {
            (demand, false) => demand,
            (Self::Inside, true) => Self::Outside,
            (Self::Outside, true) => Self::Inside,
        }
    }
}
