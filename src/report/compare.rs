//! `compare`: answers about pairs of documents, written in a format.

pub mod human;
pub mod json;
mod words;

use crate::compare::{Answer, CompareOutcome};

/// How many answers there were of each kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Proved.
    pub contained: usize,
    /// Disproved.
    pub exceeds: usize,
    /// Neither.
    pub undecided: usize,
}

impl Counts {
    /// Counts one more.
    pub fn add(&mut self, answer: &Answer) {
        match answer.outcome {
            CompareOutcome::Contained => self.contained += 1,
            CompareOutcome::Exceeds { .. } => self.exceeds += 1,
            CompareOutcome::Undecided(_) => self.undecided += 1,
        }
    }

    /// Whether there was an answer and each of them was `contained`.
    pub fn all_contained(self) -> bool {
        self.contained > 0 && self.exceeds == 0 && self.undecided == 0
    }
}
