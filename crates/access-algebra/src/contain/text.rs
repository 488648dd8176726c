//! Whether some string lies inside certain sets and outside others.
//!
//! In go sets of patterns, each to be met or missed; out comes a string, or the proof that there is none. The
//! patterns run side by side as one automaton whose states are built only as they are reached, breadth first, so
//! the first string found is a shortest one.
//!
//! **Holes.** A string may hold letters that stand for the holes of one set, the *anchor*. This is how patterns
//! with unknown parts are decided for every value of the parts at once: where the string must be *missed*, a letter
//! is met only by its own hole or by an unbounded run, which can only miss too much; where membership is *demanded*
//! by a set other than the anchor, its own holes are any run and a letter may drive it anywhere, which can only meet
//! too much. So "no string" is a proof whatever the holes are, and a string is a suspicion that
//! [`crate::contain`] makes concrete or reports as undecided. [`Found::loose`] says that it was such a guess, and
//! [`relaxed`] proves of some guesses that they are none.

mod relaxed;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::automaton::{Automaton, Mode, State};
use super::budget::Budget;
use super::hashing::Hashing;
use super::symbol::{Demand, Symbol};
use crate::{Pattern, Token};

/// `include` less `exclude`, and what is demanded of it.
#[derive(Clone, Debug)]
pub(super) struct Set<'a> {
    pub(super) include: Vec<&'a Pattern>,
    pub(super) exclude: &'a [Pattern],
    pub(super) demand: Demand,
}

/// A string that meets every demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found<'a> {
    pub(super) text: Vec<Symbol<'a>>,
    /// Whether membership rests on what a hole might stand for.
    pub(super) loose: bool,
}

impl Found<'_> {
    /// Whether the string may be none, should a hole stand for the wrong thing.
    fn rests_on_holes(&self) -> bool {
        self.loose || self.text.iter().any(|symbol| matches!(symbol, Symbol::Letter(_)))
    }
}

/// What a search comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer<T> {
    Yes(T),
    No,
    /// The budget ran out, or no theory decides this.
    Unknown,
}

impl<T> Answer<T> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Yes(found) => Answer::Yes(change(found)),
            Self::No => Answer::No,
            Self::Unknown => Answer::Unknown,
        }
    }
}

/// Which set the letters come from: the first with a hole among those to be met, else the first to be met.
fn anchor(sets: &[Set<'_>]) -> Option<usize> {
    let has_hole = |set: &Set<'_>| set.include.iter().any(|pattern| pattern.holes().next().is_some());
    let met = |set: &Set<'_>| set.demand == Demand::Inside;
    sets.iter().position(|set| met(set) && has_hole(set)).or_else(|| {
        sets.iter().enumerate().filter(|(_, set)| met(set)).min_by_key(|(_, set)| width(set)).map(|(i, _)| i)
    })
}

/// How freely a set can run: the anchor gives the alphabet, so a set without wildcards is the better one.
fn width(set: &Set<'_>) -> (bool, usize) {
    let wild = |token: &Token| matches!(token, Token::Run(_) | Token::One(_));
    let runs = set.include.iter().any(|pattern| pattern.tokens().iter().any(wild));
    (runs, set.include.len())
}

/// A string that meets every demand.
pub(super) fn find<'a>(sets: &[Set<'a>], budget: &mut Budget) -> Answer<Found<'a>> {
    let (automaton, loose) = build(sets);
    let found = shortest(&automaton, budget).map(|text| Found { text, loose });
    match &found {
        Answer::Yes(guess) if guess.rests_on_holes() && relaxed::is_empty(sets, budget) => Answer::No,
        Answer::Yes(_) | Answer::No | Answer::Unknown => found,
    }
}

/// As [`find`], but a readable string rather than a shortest one where that is cheap.
pub(super) fn example<'a>(sets: &[Set<'a>], budget: &mut Budget) -> Answer<Found<'a>> {
    let (automaton, loose) = build(sets);
    let patterns = sets.iter().filter(|set| set.demand == Demand::Inside).flat_map(|set| set.include.iter());
    for filler in ["example", "x", ""] {
        for pattern in patterns.clone().take(8) {
            let text = filled(pattern, filler);
            if automaton.accepts(&text) {
                return Answer::Yes(Found { text, loose });
            }
        }
    }
    let plain: Vec<_> = "example".chars().map(Symbol::Char).collect();
    if automaton.accepts(&plain) {
        return Answer::Yes(Found { text: plain, loose });
    }
    find(sets, budget)
}

/// Whether this string meets every demand.
pub(super) fn accepts(sets: &[Set<'_>], text: &str) -> bool {
    let symbols: Vec<_> = text.chars().map(Symbol::Char).collect();
    build(sets).0.accepts(&symbols)
}

/// The pattern with words in the place of its wildcards.
fn filled<'a>(pattern: &'a Pattern, filler: &str) -> Vec<Symbol<'a>> {
    let mut text = Vec::new();
    for token in pattern.tokens() {
        match token {
            Token::Literal(known) | Token::Folded(known) => text.extend(known.chars().map(Symbol::Char)),
            Token::One(_) => text.push(Symbol::Char('x')),
            Token::Run(_) => text.extend(filler.chars().map(Symbol::Char)),
            Token::Hole(hole) => text.push(Symbol::Letter(hole)),
        }
    }
    text
}

fn build<'a>(sets: &[Set<'a>]) -> (Automaton<'a>, bool) {
    let anchor = anchor(sets);
    let mut automaton = Automaton::default();
    let mut loose = false;
    let has_hole = |pattern: &Pattern| pattern.holes().next().is_some();
    let lettered = anchor
        .and_then(|index| sets.get(index))
        .is_some_and(|set| set.include.iter().any(|one| has_hole(one)));
    let idle = |pattern: &Pattern| (lettered || has_hole(pattern)) && refused(sets, pattern);
    for (index, set) in sets.iter().enumerate() {
        automaton.open(set.demand);
        let is_anchor = anchor == Some(index);
        let (met, missed) = match set.demand {
            Demand::Inside if is_anchor => (Mode::Anchor, Mode::Miss),
            Demand::Inside => (Mode::Meet, Mode::Miss),
            Demand::Outside => (Mode::Miss, Mode::Meet),
        };
        for pattern in &set.include {
            if met == Mode::Meet && idle(pattern) {
                continue;
            }
            automaton.include(pattern, met);
            loose |= met == Mode::Meet && has_hole(pattern);
        }
        for pattern in set.exclude {
            if missed == Mode::Meet && idle(pattern) {
                continue;
            }
            automaton.exclude(pattern, missed);
            loose |= missed == Mode::Meet && has_hole(pattern);
        }
    }
    let demanded_elsewhere = sets.iter().enumerate().any(|(index, set)| match set.demand {
        Demand::Inside => anchor != Some(index),
        Demand::Outside => !set.exclude.is_empty(),
    });
    (automaton, loose || (lettered && demanded_elsewhere))
}

/// Whether the very same pattern must be missed, so that it can't be what meets a demand, whatever the holes are.
fn refused(sets: &[Set<'_>], pattern: &Pattern) -> bool {
    sets.iter().any(|set| match set.demand {
        Demand::Inside => set.exclude.contains(pattern),
        Demand::Outside => set.exclude.is_empty() && set.include.contains(&pattern),
    })
}

/// Breadth first over the states reached.
fn shortest<'a>(automaton: &Automaton<'a>, budget: &mut Budget) -> Answer<Vec<Symbol<'a>>> {
    let (start, prefix) = automaton.start();
    let verdict = automaton.look(&start);
    if verdict.accepting {
        return Answer::Yes(prefix);
    }
    if verdict.dead {
        return Answer::No;
    }
    let mut seen: HashMap<State, (), Hashing> = HashMap::default();
    let mut reached: Vec<(usize, Option<Symbol<'a>>)> = vec![(0, None)];
    let mut states: Vec<State> = vec![start.clone()];
    seen.insert(start, ());
    let mut next = 0;
    while let Some(state) = states.get(next).cloned() {
        for symbol in automaton.alphabet(&state) {
            if !budget.spend_state(state.len()) {
                return Answer::Unknown;
            }
            let target = automaton.step(&state, symbol);
            let Entry::Vacant(vacant) = seen.entry(target) else { continue };
            let verdict = automaton.look(vacant.key());
            if verdict.accepting {
                return Answer::Yes(spelled(prefix, &reached, next, symbol));
            }
            if !verdict.dead {
                states.push(vacant.key().clone());
                reached.push((next, Some(symbol)));
            }
            vacant.insert(());
        }
        next += 1;
    }
    Answer::No
}

/// The prefix, the symbols on the way to a state, and one more.
fn spelled<'a>(
    prefix: Vec<Symbol<'a>>,
    reached: &[(usize, Option<Symbol<'a>>)],
    last: usize,
    symbol: Symbol<'a>,
) -> Vec<Symbol<'a>> {
    let mut text = vec![symbol];
    let mut at = last;
    while let Some((before, Some(symbol))) = reached.get(at) {
        text.push(*symbol);
        at = *before;
    }
    text.extend(prefix.into_iter().rev());
    text.reverse();
    text
}
