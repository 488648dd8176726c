//! Whether two patterns with policy variables are told apart by counting characters.
//!
//! Takes two patterns and returns whether they certainly share no string, whatever the holes are. Both sides of the
//! equation of two patterns are abstracted to how often they have a character (their Parikh images), or to their lengths:
//! as string solvers do (Liang, Reynolds, Tinelli, Barrett, Deters, CAV 2014, section 3: length constraints). So `${v}` is
//! never `:${v}`, which no automaton sees. Only a policy variable is one string: another hole may stand for a pattern,
//! and so for strings of any length.

use super::fold;
use crate::{HoleKind, Pattern, Token};

/// What is counted: the characters with this lower case, or all characters.
type Kind = Option<char>;

/// Whether no string is matched by both patterns in one request.
pub(super) fn never_match_together(one: &Pattern, other: &Pattern) -> bool {
    let has_variable = |pattern: &Pattern| pattern.holes().any(|hole| hole.kind == HoleKind::Variable);
    if !has_variable(one) && !has_variable(other) {
        return false;
    }
    let kinds = || list_kinds(one).chain(list_kinds(other)).map(Some).chain([None]);
    (has_every_variable(one, other) && kinds().any(|kind| exceeds(one, other, kind)))
        || (has_every_variable(other, one) && kinds().any(|kind| exceeds(other, one, kind)))
        || kinds().any(|kind| differs_by_remainder(one, other, kind))
}

/// Whether `more` has each variable at least as often as `less`.
fn has_every_variable(more: &Pattern, less: &Pattern) -> bool {
    list_variables(less).all(|name| count_variable(less, name) <= count_variable(more, name))
}

/// Whether `more` has at least so many characters of a kind, besides those of its variables, that `less` has fewer.
fn exceeds(more: &Pattern, less: &Pattern, kind: Kind) -> bool {
    count_exactly(less, kind).is_some_and(|exactly| count_least(more, kind) > exactly)
}

/// Whether the difference of two counts is no sum of multiples of the differences that variables make: `${v}${v}` has an
/// even length.
fn differs_by_remainder(one: &Pattern, other: &Pattern, kind: Kind) -> bool {
    let (Some(mine), Some(theirs)) = (count_exactly(one, kind), count_exactly(other, kind)) else {
        return false;
    };
    let variables = list_variables(one).chain(list_variables(other));
    let differences = variables.map(|name| count_variable(one, name).abs_diff(count_variable(other, name)));
    let divisor = differences.fold(0, find_greatest_divisor);
    let difference = mine.abs_diff(theirs);
    if divisor == 0 { difference != 0 } else { !difference.is_multiple_of(divisor) }
}

fn find_greatest_divisor(one: usize, other: usize) -> usize {
    if other == 0 { one } else { find_greatest_divisor(other, one % other) }
}

fn list_variables(pattern: &Pattern) -> impl Iterator<Item = &str> {
    pattern.holes().filter(|hole| hole.kind == HoleKind::Variable).map(|hole| &*hole.name)
}

fn count_variable(pattern: &Pattern, name: &str) -> usize {
    list_variables(pattern).filter(|other| *other == name).count()
}

fn list_kinds(pattern: &Pattern) -> impl Iterator<Item = char> {
    let texts = pattern.tokens().iter().map(|token| match token {
        Token::Literal(text) | Token::Folded(text) => &**text,
        Token::One(_) | Token::Run(_) | Token::Hole(_) => "",
    });
    texts.flat_map(str::chars).map(fold::to_lower)
}

/// How many characters of a kind every string of a pattern has, besides those of its variables.
fn count_least(pattern: &Pattern, kind: Kind) -> usize {
    let is_kind = |char: &char| kind.is_none_or(|kind| fold::to_lower(*char) == kind);
    let counts = pattern.tokens().iter().map(|token| match token {
        Token::Literal(text) | Token::Folded(text) => text.chars().filter(is_kind).count(),
        Token::One(_) => usize::from(kind.is_none()),
        Token::Run(_) | Token::Hole(_) => 0,
    });
    counts.sum()
}

/// As [`count_least`], where no string has more.
fn count_exactly(pattern: &Pattern, kind: Kind) -> Option<usize> {
    // A wildcard that stops at one case of a letter still matches the other.
    let is_spared =
        |stop: &Option<char>| stop.is_some_and(|stop| kind == Some(stop) && !fold::has_case(stop));
    let is_fixed = pattern.tokens().iter().all(|token| match token {
        Token::Literal(_) | Token::Folded(_) => true,
        Token::One(stop) => kind.is_none() || is_spared(stop),
        Token::Run(stop) => is_spared(stop),
        Token::Hole(hole) => hole.kind == HoleKind::Variable,
    });
    is_fixed.then(|| count_least(pattern, kind))
}

#[cfg(test)]
mod tests {
    use super::never_match_together;
    use crate::{HoleKind, Pattern, Token};

    /// `v` and `w` are policy variables, `h` is a hole of unknown value, `.` a run without `:`.
    fn pattern(text: &str) -> Pattern {
        let hole = |kind, char: char| Pattern::hole(kind, &char.to_string()).tokens().to_vec();
        Pattern::new(text.chars().flat_map(|char| match char {
            'v' | 'w' => hole(HoleKind::Variable, char),
            'h' => hole(HoleKind::Unknown, char),
            '*' => vec![Token::Run(None)],
            '.' => vec![Token::Run(Some(':'))],
            '?' => vec![Token::One(None)],
            _ => vec![Token::Literal(char.to_string().into())],
        }))
    }

    #[test]
    fn counting_tells_patterns_apart() {
        let apart = [
            ("v", "va"),
            ("v", ":v"),
            ("v", "v?"),
            ("vw", "wva*"),
            (".v", "v:."),
            ("va", "bv"),
            ("vv", "a"),
            ("vvb", "bww?"),
        ];
        for (one, other) in apart {
            assert!(never_match_together(&pattern(one), &pattern(other)), "{one} and {other}");
            assert!(never_match_together(&pattern(other), &pattern(one)), "{other} and {one}");
        }
        let together = [
            ("v", "v*"),
            ("v", "vw"),
            ("v", "a"),
            ("*v", "va"),
            ("h", "ha"),
            ("v", "vh"),
            ("hv", "vha"),
            ("vv", "aa"),
            ("vv", "a*"),
            ("?v", "va"),
            ("vA", "av"),
            ("aa", "a"),
        ];
        for (one, other) in together {
            assert!(!never_match_together(&pattern(one), &pattern(other)), "{one} and {other}");
            assert!(!never_match_together(&pattern(other), &pattern(one)), "{other} and {one}");
        }
    }
}
