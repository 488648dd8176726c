//! Syntactic subsumption and disjointness of two patterns.
//!
//! Takes two patterns, or two sets of them, and returns whether one is certainly covered by the other or certainly
//! disjoint from it, whatever the holes are. Both answers are sound and neither is complete: `false` means that an
//! automaton has to decide. Nothing here searches, and patterns are compared without allocation, since a gate asks this
//! for every grant and every approval.

use super::fold;
use super::prefix_index::PrefixIndex;
use crate::{Hole, HoleShape, Pattern, Strings, Token};

/// One element of a pattern: a character of its literals, or another token.
#[derive(Clone, Copy)]
enum Unit<'a> {
    Char(char),
    Folded(char),
    One(Option<char>),
    Run(Option<char>),
    Hole(&'a Hole),
}

/// A place in a pattern, read forwards from its start or backwards from its end.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    tokens: &'a [Token],
    /// Bytes of the current token that were read already.
    read: usize,
    backwards: bool,
}

impl<'a> Cursor<'a> {
    fn forwards(pattern: &'a Pattern) -> Self {
        Self { tokens: pattern.tokens(), read: 0, backwards: false }
    }

    fn backwards(pattern: &'a Pattern) -> Self {
        Self { tokens: pattern.tokens(), read: 0, backwards: true }
    }

    /// The place so many bytes into a token of this length.
    fn skip(self, length: usize, bytes: usize) -> Self {
        if bytes < length {
            return Self { read: bytes, ..self };
        }
        let rest = if self.backwards { self.tokens.split_last() } else { self.tokens.split_first() };
        Self { tokens: rest.map_or(&[], |(_, rest)| rest), ..self }
    }

    /// The current unit and the place after it.
    fn next(self) -> Option<(Unit<'a>, Self)> {
        let (token, rest) =
            if self.backwards { self.tokens.split_last()? } else { self.tokens.split_first()? };
        let after = Self { tokens: rest, read: 0, ..self };
        match token {
            Token::Literal(text) => self.read_char(text, after).map(|(char, at)| (Unit::Char(char), at)),
            Token::Folded(text) => self.read_char(text, after).map(|(char, at)| (Unit::Folded(char), at)),
            Token::One(stop) => Some((Unit::One(*stop), after)),
            Token::Run(stop) => Some((Unit::Run(*stop), after)),
            Token::Hole(hole) => Some((Unit::Hole(hole), after)),
        }
    }

    fn read_char(self, text: &str, after: Self) -> Option<(char, Self)> {
        let left = text.len().checked_sub(self.read)?;
        let char = if self.backwards {
            text.get(..left)?.chars().next_back()?
        } else {
            text.get(self.read..)?.chars().next()?
        };
        let read = self.read + char.len_utf8();
        Some((char, if read >= text.len() { after } else { Self { read, ..self } }))
    }
}

/// Whether `outer` certainly matches every string that `inner` matches. A greedy match of the last run is complete here,
/// as in matching a glob against a string.
pub(in crate::contain) fn covers(outer: &Pattern, inner: &Pattern) -> bool {
    if outer.is_any() {
        return true;
    }
    let begun = skip_common(Cursor::forwards(outer), Cursor::forwards(inner));
    let Some((mut outer, mut inner)) = begun else { return false };
    // What follows the last run of `outer`, how much of `inner` the run has taken, and what it must not take.
    let mut run: Option<(Cursor<'_>, Cursor<'_>, Option<char>)> = None;
    loop {
        let (mine, theirs) = (outer.next(), inner.next());
        match (mine, theirs) {
            (Some((Unit::Run(stop), after)), _) => {
                run = Some((after, inner, stop));
                outer = after;
                continue;
            }
            (None, None) => return true,
            (Some((mine, mine_after)), Some((theirs, theirs_after))) if covers_unit(mine, theirs) => {
                (outer, inner) = (mine_after, theirs_after);
                continue;
            }
            (Some(_), Some(_)) | (None, Some(_)) | (Some(_), None) => {}
        }
        let Some((after, taken, stop)) = run else { return false };
        match taken.next() {
            Some((unit, taken)) if run_covers(stop, unit) => {
                run = Some((after, taken, stop));
                (outer, inner) = (after, taken);
            }
            Some(_) | None => return false,
        }
    }
}

/// Moves two cursors at their starts past the text that both start with; `None` where the texts differ before either
/// ends. Comparing bytes answers most questions, and shortens most of the others.
fn skip_common<'a>(one: Cursor<'a>, other: Cursor<'a>) -> Option<(Cursor<'a>, Cursor<'a>)> {
    let first =
        |cursor: Cursor<'a>| if cursor.backwards { cursor.tokens.last() } else { cursor.tokens.first() };
    let (mine, theirs) = match (first(one), first(other)) {
        (Some(Token::Literal(mine)), Some(Token::Literal(theirs)))
        | (Some(Token::Folded(mine)), Some(Token::Folded(theirs))) => (mine.as_bytes(), theirs.as_bytes()),
        (_, _) => return Some((one, other)),
    };
    let shared = mine.len().min(theirs.len());
    let same = if one.backwards {
        mine.iter().rev().take(shared).eq(theirs.iter().rev().take(shared))
    } else {
        mine.get(..shared) == theirs.get(..shared)
    };
    same.then(|| (one.skip(mine.len(), shared), other.skip(theirs.len(), shared)))
}

/// Whether a unit matches every string that another one matches.
fn covers_unit(outer: Unit<'_>, inner: Unit<'_>) -> bool {
    match (outer, inner) {
        (Unit::Char(mine), Unit::Char(theirs)) => mine == theirs,
        (Unit::Char(mine), Unit::Folded(theirs)) => mine == theirs && !fold::has_case(mine),
        (Unit::Folded(mine), Unit::Char(theirs)) => mine == fold::to_lower(theirs),
        (Unit::Folded(mine), Unit::Folded(theirs)) => mine == theirs,
        (Unit::One(stop), Unit::Char(_) | Unit::Folded(_) | Unit::One(_)) => run_covers(stop, inner),
        (Unit::Hole(mine), Unit::Hole(theirs)) => mine == theirs,
        (
            Unit::Char(_) | Unit::Folded(_) | Unit::One(_) | Unit::Run(_) | Unit::Hole(_),
            Unit::Char(_) | Unit::Folded(_) | Unit::One(_) | Unit::Run(_) | Unit::Hole(_),
        ) => false,
    }
}

/// Whether a run with this stop matches every string that a unit matches.
fn run_covers(stop: Option<char>, unit: Unit<'_>) -> bool {
    let Some(stop) = stop else { return true };
    match unit {
        Unit::Char(char) => char != stop,
        Unit::Folded(char) => char != fold::to_lower(stop),
        Unit::One(theirs) | Unit::Run(theirs) => theirs == Some(stop),
        Unit::Hole(hole) => hole.is_word() && !HoleShape::is_word_char(stop),
    }
}

/// Whether two patterns certainly share no string, as seen from either end.
pub(crate) fn never_overlap(one: &Pattern, other: &Pattern) -> bool {
    diverge(Cursor::forwards(one), Cursor::forwards(other))
        || diverge(Cursor::backwards(one), Cursor::backwards(other))
}

/// Whether two patterns certainly differ in a character, before either has a run or a hole, or one ends first. The first
/// character of a word is seen, too.
fn diverge(one: Cursor<'_>, other: Cursor<'_>) -> bool {
    let Some((mut one, mut other)) = skip_common(one, other) else { return true };
    loop {
        match (one.next(), other.next()) {
            (None, None) => return false,
            (Some((Unit::Hole(word), _)), other) | (other, Some((Unit::Hole(word), _))) if word.is_word() => {
                return !may_begin_word(other.map(|(unit, _)| unit));
            }
            (Some((Unit::Run(_) | Unit::Hole(_), _)), _) | (_, Some((Unit::Run(_) | Unit::Hole(_), _))) => {
                return false;
            }
            (None, Some(_)) | (Some(_), None) => return true,
            (Some((mine, mine_after)), Some((theirs, theirs_after))) => {
                if !units_overlap(mine, theirs) {
                    return true;
                }
                (one, other) = (mine_after, theirs_after);
            }
        }
    }
}

/// Whether a word may begin at a unit; `None` is the end of a pattern.
fn may_begin_word(unit: Option<Unit<'_>>) -> bool {
    match unit {
        // The lower case of a character is a character of a word only if the character has one that is.
        Some(Unit::Char(char) | Unit::Folded(char)) => HoleShape::is_word_char(char),
        Some(Unit::One(_) | Unit::Run(_) | Unit::Hole(_)) => true,
        None => false,
    }
}

/// Whether two units share a character.
fn units_overlap(one: Unit<'_>, other: Unit<'_>) -> bool {
    match (one, other) {
        (Unit::Char(mine), Unit::Char(theirs)) => mine == theirs,
        (Unit::Char(char), Unit::Folded(folded)) | (Unit::Folded(folded), Unit::Char(char)) => {
            fold::to_lower(char) == folded
        }
        (Unit::Folded(mine), Unit::Folded(theirs)) => mine == theirs,
        (Unit::One(stop), Unit::Char(char)) | (Unit::Char(char), Unit::One(stop)) => stop != Some(char),
        (Unit::One(_), Unit::Folded(_) | Unit::One(_)) | (Unit::Folded(_), Unit::One(_)) => true,
        (Unit::Run(_) | Unit::Hole(_), _) | (_, Unit::Run(_) | Unit::Hole(_)) => true,
    }
}

/// Whether a set is certainly covered by another one.
pub(in crate::contain) fn is_subset(inner: &Strings, outer: &Strings) -> bool {
    if inner == outer {
        return true;
    }
    if inner.include.len().saturating_mul(outer.include.len()) > MAX_SCANNED_PAIRS {
        let index = PrefixIndex::new(outer.include.iter().map(|pattern| (pattern, ())));
        let is_covered =
            |pattern| index.find_covering(pattern).into_iter().any(|(other, ())| covers(other, pattern));
        return inner
            .include
            .iter()
            .all(|pattern| is_covered(pattern) && exclusions_hold(pattern, inner, outer));
    }
    let is_covered = |pattern| outer.include.iter().any(|other| covers(other, pattern));
    inner.include.iter().all(|pattern| is_covered(pattern) && exclusions_hold(pattern, inner, outer))
}

/// Pairs of patterns up to which all are compared without an index (20 patterns in 20). An estimate, since an index has
/// to be sorted first.
const MAX_SCANNED_PAIRS: usize = 400;

/// Whether no string of a pattern less the exclusions of `inner` is excluded by `outer`.
pub(in crate::contain) fn exclusions_hold(pattern: &Pattern, inner: &Strings, outer: &Strings) -> bool {
    let is_excluded = |out: &Pattern| inner.exclude.iter().any(|mine| covers(mine, out));
    outer.exclude.iter().all(|out| never_overlap(out, pattern) || is_excluded(out))
}

/// Whether two sets certainly share no string.
pub(crate) fn are_disjoint(one: &Strings, other: &Strings) -> bool {
    one.include.iter().all(|pattern| {
        other.include.iter().all(|other| never_overlap(other, pattern))
            || other.exclude.iter().any(|out| covers(out, pattern))
    })
}

#[cfg(test)]
mod tests {
    use super::{covers, never_overlap};
    use crate::contain::budget::Budget;
    use crate::contain::strings::{Membership, Satisfiability, StringSet, find};
    use crate::{HoleKind, Pattern, Token};

    /// Every pattern of up to `length` tokens.
    fn list_patterns(length: usize) -> Vec<Pattern> {
        let holes = [Pattern::hole(HoleKind::Unknown, "h"), Pattern::word(HoleKind::Unknown, "w")];
        let holes = holes.iter().flat_map(|hole| hole.tokens().to_vec());
        let tokens = [
            Token::Literal("a".into()),
            Token::Literal("A".into()),
            Token::Literal(":".into()),
            Token::Folded("a".into()),
            Token::One(None),
            Token::One(Some(':')),
            Token::Run(None),
            Token::Run(Some(':')),
        ];
        let tokens: Vec<Token> = tokens.into_iter().chain(holes).collect();
        let mut lists: Vec<Vec<Token>> = vec![Vec::new()];
        let mut all = lists.clone();
        for _ in 0..length {
            let longer = |list: &Vec<Token>| {
                let list = list.clone();
                tokens
                    .iter()
                    .map(move |token| list.iter().cloned().chain([token.clone()]).collect())
                    .collect::<Vec<_>>()
            };
            lists = lists.iter().flat_map(longer).collect();
            all.extend(lists.iter().cloned());
        }
        all.into_iter().map(Pattern::new).collect()
    }

    fn is_empty(one: &Pattern, other: &Pattern, membership: Membership) -> bool {
        let own = StringSet { include: vec![one], exclude: &[], membership: Membership::Inside };
        let other = StringSet { include: vec![other], exclude: &[], membership };
        find(&[own, other], &mut Budget::default()) == Satisfiability::Unsat
    }

    #[test]
    fn both_answers_agree_with_the_automaton() {
        let (short, shorter) = (list_patterns(3), list_patterns(2));
        let (mut decided, mut asked) = (0, 0);
        let pairs = short.iter().flat_map(|one| shorter.iter().map(move |other| (one, other)));
        for (one, other) in pairs.flat_map(|(one, other)| [(one, other), (other, one)]) {
            let (is_covered, is_disjoint) = (covers(other, one), never_overlap(other, one));
            if is_covered {
                assert!(is_empty(one, other, Membership::Outside), "{one:?} in {other:?}");
            }
            if is_disjoint {
                assert!(is_empty(one, other, Membership::Inside), "{one:?} and {other:?}");
            }
            asked += 1;
            decided += u32::from(is_covered || is_disjoint);
        }
        assert!(decided * 3 > asked, "too few pairs are decided: {decided} of {asked}");
    }
}
