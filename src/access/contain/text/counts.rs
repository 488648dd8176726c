//! Whether two patterns with the same holes can never spell the same string, by counting its characters.
//!
//! In go two patterns; out comes a proof, or none. Where one pattern has at least the holes of the other, and must spell
//! more of a character than the other can, no value of the holes makes up for it: it stands on both sides of the
//! equation. So `v` is never `:` before `v`, which no automaton sees.

use super::super::fold;
use crate::access::{Hole, Pattern, Token};

/// What is counted: the characters of this lower case, or all.
type Kind = Option<char>;

/// Whether no string is spelled by both, whatever the holes are; `false` may mean "not seen".
pub(super) fn never_meet(one: &Pattern, other: &Pattern) -> bool {
    exceeds(one, other) || exceeds(other, one)
}

/// Whether `more` spells more of something than `less` can.
fn exceeds(more: &Pattern, less: &Pattern) -> bool {
    let holds = |pattern: &Pattern, hole: &Hole| pattern.holes().filter(|other| *other == hole).count();
    if less.holes().any(|hole| holds(less, hole) > holds(more, hole)) {
        return false;
    }
    let kinds = more.tokens().iter().flat_map(|token| {
        match token {
            Token::Literal(text) | Token::Folded(text) => &**text,
            Token::One(_) | Token::Run(_) | Token::Hole(_) => "",
        }
        .chars()
    });
    let mut kinds = kinds.map(|char| Some(fold::lower(char))).chain([None]);
    kinds.any(|kind| exactly(less, kind).is_some_and(|exactly| at_least(more, kind) > exactly))
}

/// How many of a kind a pattern spells at least, besides what its holes do.
fn at_least(pattern: &Pattern, kind: Kind) -> usize {
    let is_kind = |char: &char| kind.is_none_or(|kind| fold::lower(*char) == kind);
    let tokens = pattern.tokens().iter().map(|token| match token {
        Token::Literal(text) | Token::Folded(text) => text.chars().filter(is_kind).count(),
        Token::One(_) => usize::from(kind.is_none()),
        Token::Run(_) | Token::Hole(_) => 0,
    });
    tokens.sum()
}

/// The same, where it never spells more.
fn exactly(pattern: &Pattern, kind: Kind) -> Option<usize> {
    // A wildcard that stops at one case of a letter still takes the other.
    let spared = |stop: &Option<char>| stop.is_some() && *stop == kind && !stop.is_some_and(fold::has_case);
    let fixed = pattern.tokens().iter().all(|token| match token {
        Token::Literal(_) | Token::Folded(_) | Token::Hole(_) => true,
        Token::One(stop) => kind.is_none() || spared(stop),
        Token::Run(stop) => spared(stop),
    });
    fixed.then(|| at_least(pattern, kind))
}

#[cfg(test)]
mod tests {
    use super::never_meet;
    use crate::access::{Hole, HoleKind, Pattern, Token};

    fn pattern(text: &str) -> Pattern {
        Pattern::new(text.chars().map(|char| match char {
            'v' | 'w' => Token::Hole(Hole { kind: HoleKind::Variable, name: char.to_string().into() }),
            '*' => Token::Run(None),
            '+' => Token::Run(Some(':')),
            '?' => Token::One(None),
            other => Token::Literal(other.to_string().into()),
        }))
    }

    #[test]
    fn what_adds_to_a_variable_is_not_the_variable() {
        for (one, other) in
            [("v", ":v"), ("v", "a*v"), ("va", "b?v"), ("+v", "*:v"), ("vw", "w?v"), ("v", "vv:")]
        {
            assert!(never_meet(&pattern(one), &pattern(other)), "{one} {other}");
            assert!(never_meet(&pattern(other), &pattern(one)), "{other} {one}");
        }
    }

    #[test]
    fn what_may_be_the_same_is_not_told_apart() {
        for (one, other) in [("v", "vv"), ("*v", ":v"), ("v", ":w"), ("vv", ":v"), ("+v", "a*v"), ("v", "v*")]
        {
            assert!(!never_meet(&pattern(one), &pattern(other)), "{one} {other}");
            assert!(!never_meet(&pattern(other), &pattern(one)), "{other} {one}");
        }
    }
}
