//! Whether one Access lies within another.

use super::{Access, Witness};

/// The answer, never more than three.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Containment {
    /// Proved: every request that the planned Access allows, the approved one allows.
    Contained,
    /// Disproved: the witness is allowed by the planned Access and not by the approved one.
    Exceeds(Box<Witness>),
    /// Neither; one lower-case sentence says why and what to change.
    Undecided(String),
}

/// Decides `planned ⊆ approved`.
pub fn contains(approved: &Access, planned: &Access) -> Containment {
    if planned.statements == approved.statements {
        return Containment::Contained;
    }
    Containment::Undecided("not built yet".to_owned())
}
