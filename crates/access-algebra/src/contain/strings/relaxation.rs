//! A second over-approximation of strings with holes: each hole is forgotten instead of traced.
//!
//! Takes sets and returns the same sets without holes. Where membership is required a hole becomes any run; where it is
//! refused, a pattern with a hole refuses nothing. If no string satisfies the relaxed sets, none satisfies the sets,
//! whatever the holes are. The automaton's placeholders prove other cases: they know that a hole equals itself, but forget
//! which text two sets require of it.

use super::{Membership, StringSet};
use crate::{Hole, Pattern, Token};

/// The patterns of a relaxed set.
pub(super) struct RelaxedSet {
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
    membership: Membership,
}

impl RelaxedSet {
    pub(super) fn new(set: &StringSet<'_>) -> Self {
        let include = set.include.iter().copied();
        let (include, exclude) = match set.membership {
            Membership::Inside => {
                (include.map(widen).collect(), set.exclude.iter().filter_map(keep_known).collect())
            }
            Membership::Outside => {
                (include.filter_map(keep_known).collect(), set.exclude.iter().map(widen).collect())
            }
        };
        Self { include, exclude, membership: set.membership }
    }

    pub(super) fn as_set(&self) -> StringSet<'_> {
        let include = self.include.iter().collect();
        StringSet { include, exclude: &self.exclude, membership: self.membership }
    }
}

/// The pattern with any run for each hole, as far as tokens can say it.
fn widen(pattern: &Pattern) -> Pattern {
    Pattern::new(pattern.tokens().iter().flat_map(|token| match token {
        Token::Hole(hole) => widen_hole(hole),
        Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) => vec![token.clone()],
    }))
}

/// Tokens that match whatever a hole may stand for.
pub(in crate::contain) fn widen_hole(hole: &Hole) -> Vec<Token> {
    if hole.is_word() {
        return vec![Token::One(Some(WORD_STOP)), Token::Run(Some(WORD_STOP))];
    }
    vec![Token::Run(None)]
}

/// The character that a widened word does not cross. A run has one, and of those that a word has not, the separator of
/// ARNs tells most patterns apart.
const WORD_STOP: char = ':';

/// The pattern, unless it has a hole.
fn keep_known(pattern: &Pattern) -> Option<Pattern> {
    pattern.holes().next().is_none().then(|| pattern.clone())
}
