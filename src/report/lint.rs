//! `lint`: what is wrong with a manifest, written in a format.

pub mod human;
pub mod json;

use crate::source::{Problem, Severity};

/// Counts the problems of a severity.
pub fn count_problems(problems: &[Problem], severity: Severity) -> usize {
    problems.iter().filter(|problem| problem.severity == severity).count()
}
