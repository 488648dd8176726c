//! What an apply does beside its changes, and an approval names by a `run` block of its own.
//!
//! A [`Run`] is no access, so it has no statements: a provisioner is approved at its address by the digest of what it runs,
//! and a plan made with `-target` by the addresses that it changes.

use super::Origin;
use crate::reason::Reason;

/// Something that runs, or an apply of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// A provisioner runs.
    Provisioner {
        /// Where.
        origin: Box<Origin>,
        /// Its type, such as `local-exec`.
        kind: String,
        /// What it runs.
        content: RunContent,
    },
    /// The plan was made with `-target`, so that the apply leaves out a part of the configuration.
    Target {
        /// Where each object stands that it changes.
        changed: Vec<Origin>,
    },
}

/// What a provisioner runs, in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunContent {
    /// One of these, in order of digest: a condition that is not known chooses. Never empty.
    Known(Vec<RunText>),
    /// A part of it is not known, or must not be printed.
    Undecided(Reason),
}

/// What runs, as one text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunText {
    /// Its SHA-256 in lower case.
    pub sha256: String,
    /// The canonical form: JSON with sorted names, see `docs/runs.md`.
    pub canonical: String,
}

impl RunContent {
    /// What may run; nothing where that is not known.
    pub fn texts(&self) -> &[RunText] {
        match self {
            Self::Known(texts) => texts,
            Self::Undecided(_) => &[],
        }
    }
}
