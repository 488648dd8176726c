//! What can be seen of two patterns at a glance.
//!
//! In go two patterns; out comes whether one surely lies within the other, or surely misses it. Both answers are
//! sound and neither is complete: "no" sends the question to the automata. Nothing here allocates, since a gate asks
//! this for every grant and every approval.

use super::fold;
use super::index::Index;
use crate::{Hole, Pattern, Strings, Token};

/// One thing that a pattern spells.
#[derive(Clone, Copy)]
enum Unit<'a> {
    Char(char),
    Folded(char),
    One(Option<char>),
    Run(Option<char>),
    Hole(&'a Hole),
}

/// A place in a pattern, read forwards from its beginning or backwards from its end.
#[derive(Clone, Copy)]
struct Cursor<'a> {
    tokens: &'a [Token],
    /// Bytes of the token at hand that were read already.
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

    /// The unit at hand and the place after it.
    fn next(self) -> Option<(Unit<'a>, Self)> {
        let (token, rest) =
            if self.backwards { self.tokens.split_last()? } else { self.tokens.split_first()? };
        let after = Self { tokens: rest, read: 0, ..self };
        match token {
            Token::Literal(text) => self.char(text, after).map(|(char, at)| (Unit::Char(char), at)),
            Token::Folded(text) => self.char(text, after).map(|(char, at)| (Unit::Folded(char), at)),
            Token::One(stop) => Some((Unit::One(*stop), after)),
            Token::Run(stop) => Some((Unit::Run(*stop), after)),
            Token::Hole(hole) => Some((Unit::Hole(hole), after)),
        }
    }

    fn char(self, text: &str, after: Self) -> Option<(char, Self)> {
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

/// Whether everything that `inner` spells, `outer` spells too; `false` may mean "not seen".
pub(super) fn covers(outer: &Pattern, inner: &Pattern) -> bool {
    if outer.is_any() {
        return true;
    }
    let begun = past_common(Cursor::forwards(outer), Cursor::forwards(inner));
    let Some((mut outer, mut inner)) = begun else { return false };
    // Where the last run of `outer` ends, how much of `inner` it has taken, and what it must not take.
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
            (Some((mine, mine_after)), Some((theirs, theirs_after))) if takes(mine, theirs) => {
                (outer, inner) = (mine_after, theirs_after);
                continue;
            }
            (Some(_), Some(_)) | (None, Some(_)) | (Some(_), None) => {}
        }
        let Some((after, taken, stop)) = run else { return false };
        match taken.next() {
            Some((unit, taken)) if runs_over(stop, unit) => {
                run = Some((after, taken, stop));
                (outer, inner) = (after, taken);
            }
            Some(_) | None => return false,
        }
    }
}

/// Two cursors at their beginnings, past the text that both begin with; `None` where the texts differ before either
/// ends. Comparing bytes settles most questions, and most of the rest begin well into the patterns.
fn past_common<'a>(one: Cursor<'a>, other: Cursor<'a>) -> Option<(Cursor<'a>, Cursor<'a>)> {
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

/// Whether a unit spells all that another one does.
fn takes(outer: Unit<'_>, inner: Unit<'_>) -> bool {
    match (outer, inner) {
        (Unit::Char(mine), Unit::Char(theirs)) => mine == theirs,
        (Unit::Char(mine), Unit::Folded(theirs)) => mine == theirs && !fold::has_case(mine),
        (Unit::Folded(mine), Unit::Char(theirs)) => mine == fold::lower(theirs),
        (Unit::Folded(mine), Unit::Folded(theirs)) => mine == theirs,
        (Unit::One(stop), Unit::Char(_) | Unit::Folded(_) | Unit::One(_)) => runs_over(stop, inner),
        (Unit::Hole(mine), Unit::Hole(theirs)) => mine == theirs,
        (
            Unit::Char(_) | Unit::Folded(_) | Unit::One(_) | Unit::Run(_) | Unit::Hole(_),
            Unit::Char(_) | Unit::Folded(_) | Unit::One(_) | Unit::Run(_) | Unit::Hole(_),
        ) => false,
    }
}

/// Whether a run with this stop takes all that a unit spells.
fn runs_over(stop: Option<char>, unit: Unit<'_>) -> bool {
    let Some(stop) = stop else { return true };
    match unit {
        Unit::Char(char) => char != stop,
        Unit::Folded(char) => char != fold::lower(stop),
        Unit::One(theirs) | Unit::Run(theirs) => theirs == Some(stop),
        Unit::Hole(_) => false,
    }
}

/// Whether no string is spelled by both, seen from either end; `false` may mean "not seen".
pub(super) fn misses(one: &Pattern, other: &Pattern) -> bool {
    clash(Cursor::forwards(one), Cursor::forwards(other))
        || clash(Cursor::backwards(one), Cursor::backwards(other))
}

fn clash(one: Cursor<'_>, other: Cursor<'_>) -> bool {
    let Some((mut one, mut other)) = past_common(one, other) else { return true };
    loop {
        match (one.next(), other.next()) {
            (None, None) => return false,
            (Some((Unit::Run(_) | Unit::Hole(_), _)), _) | (_, Some((Unit::Run(_) | Unit::Hole(_), _))) => {
                return false;
            }
            (None, Some(_)) | (Some(_), None) => return true,
            (Some((mine, mine_after)), Some((theirs, theirs_after))) => {
                if !meet(mine, theirs) {
                    return true;
                }
                (one, other) = (mine_after, theirs_after);
            }
        }
    }
}

/// Whether two units share a character.
fn meet(one: Unit<'_>, other: Unit<'_>) -> bool {
    match (one, other) {
        (Unit::Char(mine), Unit::Char(theirs)) => mine == theirs,
        (Unit::Char(char), Unit::Folded(folded)) | (Unit::Folded(folded), Unit::Char(char)) => {
            fold::lower(char) == folded
        }
        (Unit::Folded(mine), Unit::Folded(theirs)) => mine == theirs,
        (Unit::One(stop), Unit::Char(char)) | (Unit::Char(char), Unit::One(stop)) => stop != Some(char),
        (Unit::One(_), Unit::Folded(_) | Unit::One(_)) | (Unit::Folded(_), Unit::One(_)) => true,
        (Unit::Run(_) | Unit::Hole(_), _) | (_, Unit::Run(_) | Unit::Hole(_)) => true,
    }
}

/// Whether a set surely lies within another one.
pub(super) fn subset(inner: &Strings, outer: &Strings) -> bool {
    if inner == outer {
        return true;
    }
    if inner.include.len().saturating_mul(outer.include.len()) > MANY {
        let index = Index::new(outer.include.iter().map(|pattern| (pattern, ())));
        let over = |pattern| index.over(pattern).into_iter().any(|(other, ())| covers(other, pattern));
        return inner.include.iter().all(|pattern| over(pattern) && spared(pattern, inner, outer));
    }
    let over = |pattern| outer.include.iter().any(|other| covers(other, pattern));
    inner.include.iter().all(|pattern| over(pattern) && spared(pattern, inner, outer))
}

/// Above so many pairs of patterns it pays to sort them.
const MANY: usize = 400;

/// Whether what is taken out of `outer` is surely no part of a pattern less what is taken out of `inner`.
fn spared(pattern: &Pattern, inner: &Strings, outer: &Strings) -> bool {
    let taken = |out: &Pattern| inner.exclude.iter().any(|mine| covers(mine, out));
    outer.exclude.iter().all(|out| misses(out, pattern) || taken(out))
}

/// Whether two sets surely share nothing.
pub(super) fn disjoint(one: &Strings, other: &Strings) -> bool {
    one.include.iter().all(|pattern| {
        other.include.iter().all(|other| misses(other, pattern))
            || other.exclude.iter().any(|out| covers(out, pattern))
    })
}

#[cfg(test)]
mod tests {
    use super::{covers, misses};
    use crate::contain::budget::Budget;
    use crate::contain::symbol::Demand;
    use crate::contain::text::{Answer, Set, find};
    use crate::{HoleKind, Pattern, Token};

    /// Every pattern of up to so many tokens.
    fn patterns(length: usize) -> Vec<Pattern> {
        let hole = Pattern::hole(HoleKind::Unknown, "h").tokens().to_vec();
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
        let tokens: Vec<Token> = tokens.into_iter().chain(hole).collect();
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

    fn empty(one: &Pattern, other: &Pattern, demand: Demand) -> bool {
        let own = Set { include: vec![one], exclude: &[], demand: Demand::Inside };
        let other = Set { include: vec![other], exclude: &[], demand };
        find(&[own, other], &mut Budget::default()) == Answer::No
    }

    #[test]
    fn what_is_seen_at_a_glance_is_so() {
        let (short, shorter) = (patterns(3), patterns(2));
        let (mut seen, mut asked) = (0, 0);
        let pairs = short.iter().flat_map(|one| shorter.iter().map(move |other| (one, other)));
        for (one, other) in pairs.flat_map(|(one, other)| [(one, other), (other, one)]) {
            let (lies_within, lies_apart) = (covers(other, one), misses(other, one));
            if lies_within {
                assert!(empty(one, other, Demand::Outside), "{one:?} in {other:?}");
            }
            if lies_apart {
                assert!(empty(one, other, Demand::Inside), "{one:?} and {other:?}");
            }
            asked += 1;
            seen += u32::from(lies_within || lies_apart);
        }
        assert!(seen * 3 > asked, "a glance sees too little: {seen} of {asked}");
    }
}
