//! Whether there is no such string even if each hole may stand for something else at each place.
//!
//! In go sets; out comes a proof, or none. A letter that stands for a hole is met by anything that is demanded elsewhere,
//! which forgets what the other patterns say together. Here they are held to it, and only what a hole is stays open: where
//! membership is demanded it may be any run, where it is refused a pattern with a hole refuses nothing.

use super::super::budget::Budget;
use super::super::symbol::Demand;
use super::{Answer, Set, build, shortest};
use crate::{Pattern, Token};

/// Whether no string meets every demand, whatever the holes are.
pub(super) fn is_empty(sets: &[Set<'_>], budget: &mut Budget) -> bool {
    let relaxed: Vec<(Vec<Pattern>, Vec<Pattern>)> = sets.iter().map(relaxed).collect();
    let sets: Vec<Set<'_>> = sets
        .iter()
        .zip(&relaxed)
        .map(|(set, (include, exclude))| Set {
            include: include.iter().collect(),
            exclude,
            demand: set.demand,
        })
        .collect();
    shortest(&build(&sets).0, budget) == Answer::No
}

fn relaxed(set: &Set<'_>) -> (Vec<Pattern>, Vec<Pattern>) {
    let include = set.include.iter().copied();
    match set.demand {
        Demand::Inside => (include.map(met).collect(), set.exclude.iter().filter_map(missed).collect()),
        Demand::Outside => (include.filter_map(missed).collect(), set.exclude.iter().map(met).collect()),
    }
}

/// With any run for each hole.
fn met(pattern: &Pattern) -> Pattern {
    Pattern::new(pattern.tokens().iter().map(|token| match token {
        Token::Hole(_) => Token::Run(None),
        Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) => token.clone(),
    }))
}

/// None where it has a hole.
fn missed(pattern: &Pattern) -> Option<Pattern> {
    pattern.holes().next().is_none().then(|| pattern.clone())
}
