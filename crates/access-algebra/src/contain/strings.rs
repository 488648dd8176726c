//! The theory of strings: whether some string lies inside certain sets and outside others.
//!
//! Takes [`StringSet`]s, each with the required [`Membership`], and returns a shortest string that satisfies all of
//! them, or the proof that there is none. The patterns are one nondeterministic automaton over all sets; its subset
//! construction is built lazily, breadth first, so emptiness of a Boolean combination is decided without complementing
//! anything (Hopcroft, Motwani, Ullman 2006, chapter 2; lazy products as in De Wulf, Doyen, Henzinger, Raskin,
//! "Antichains", CAV 2006, here without the antichains: the sets of one question are too different to subsume).
//!
//! **Holes.** A candidate may hold placeholders for the holes of one set, the *generator*. Where a string must be
//! outside a set, a placeholder is matched only by its own hole or by an unbounded run, and that of a word by any run
//! (under-approximation of the match); where another set than the generator requires membership, holes match anything and
//! a placeholder may lead to any later position, of a word to those that its characters lead to (over-approximation). So `Unsat` is a proof for every value of every hole, and a string with
//! [`FoundString::may_be_spurious`] is a candidate that [`super::counterexample`] confirms or rejects.
//!
//! The other way in is [`subsumption`]: one-sided answers on two patterns that cost no search.

mod automaton;
mod counting;
mod element;
mod fold;
mod prefix_index;
mod relaxation;
pub(crate) mod subsumption;
mod symbol;

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use self::automaton::{Automaton, State};
use self::element::HoleMode;
pub(super) use self::prefix_index::PrefixIndex;
use self::relaxation::RelaxedSet;
pub(super) use self::relaxation::widen_hole;
pub(super) use self::symbol::{Membership, Symbol};
use super::budget::Budget;
use super::hashing::BuildFastHasher;
use super::passes::Pass;
use crate::{Pattern, Strings, Token};

/// `include` less `exclude`, and whether a string must be in it.
#[derive(Clone, Debug)]
pub(super) struct StringSet<'a> {
    pub(super) include: Vec<&'a Pattern>,
    pub(super) exclude: &'a [Pattern],
    pub(super) membership: Membership,
}

/// A string that satisfies every requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundString<'a> {
    pub(super) text: Vec<Symbol<'a>>,
    /// Whether membership depends on what a hole stands for.
    pub(super) may_be_spurious: bool,
}

/// The answer of a theory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Satisfiability<T> {
    Sat(T),
    Unsat,
    /// The budget ran out, or no theory decides this.
    Unknown,
}

impl<T> Satisfiability<T> {
    pub(super) fn map<U>(self, change: impl FnOnce(T) -> U) -> Satisfiability<U> {
        match self {
            Self::Sat(found) => Satisfiability::Sat(change(found)),
            Self::Unsat => Satisfiability::Unsat,
            Self::Unknown => Satisfiability::Unknown,
        }
    }
}

/// How many patterns [`find_readable`] fills in before it searches. A set of thousands of actions would otherwise be
/// filled in for every request, and a pattern after the eighth is not more readable than a shortest string.
const MAX_FILLED_PATTERNS: usize = 8;

/// Finds a shortest string that satisfies every requirement.
pub(super) fn find<'a>(sets: &[StringSet<'a>], budget: &mut Budget) -> Satisfiability<FoundString<'a>> {
    let sets = &normalise(sets);
    let (automaton, may_be_spurious) = build_automaton(sets, budget);
    let found = find_shortest(&automaton, budget).map(|text| FoundString { text, may_be_spurious });
    reject_spurious(found, sets, budget)
}

/// As [`find`], for a string of these characters only; a hole may stand for any.
pub(super) fn find_within<'a>(
    sets: &[StringSet<'a>],
    alphabet: &'static str,
    budget: &mut Budget,
) -> Satisfiability<FoundString<'a>> {
    let (mut automaton, may_be_spurious) = build_automaton(&normalise(sets), budget);
    automaton.limit_to(alphabet);
    find_shortest(&automaton, budget).map(|text| FoundString { text, may_be_spurious })
}

/// Who is outside of everything less `exclude` is inside `exclude`: written so, its holes can be the generator's.
pub(super) fn normalise<'s, 'a>(sets: &'s [StringSet<'a>]) -> Cow<'s, [StringSet<'a>]> {
    let is_complement = |set: &StringSet<'a>| {
        set.membership == Membership::Outside && set.include.iter().any(|pattern| pattern.is_any())
    };
    if !sets.iter().any(is_complement) {
        return Cow::Borrowed(sets);
    }
    let normalised = sets.iter().map(|set| {
        if is_complement(set) {
            let include = set.exclude.iter().collect();
            StringSet { include, exclude: &[], membership: Membership::Inside }
        } else {
            set.clone()
        }
    });
    normalised.collect()
}

/// `Unsat` instead of a string that may be spurious, where the relaxation proves that there is none.
fn reject_spurious<'a>(
    found: Satisfiability<FoundString<'a>>,
    sets: &[StringSet<'a>],
    budget: &mut Budget,
) -> Satisfiability<FoundString<'a>> {
    let is_suspect = match &found {
        Satisfiability::Sat(FoundString { text, may_be_spurious }) => {
            *may_be_spurious || text.iter().any(|symbol| matches!(symbol, Symbol::Placeholder(_)))
        }
        Satisfiability::Unsat | Satisfiability::Unknown => false,
    };
    if !is_suspect || !budget.passes.has(Pass::Relaxation) {
        return found;
    }
    let relaxed: Vec<RelaxedSet> = sets.iter().map(RelaxedSet::new).collect();
    let relaxed: Vec<StringSet<'_>> = relaxed.iter().map(RelaxedSet::as_set).collect();
    let (automaton, _) = build_automaton(&relaxed, budget);
    match find_shortest(&automaton, budget) {
        Satisfiability::Unsat => Satisfiability::Unsat,
        Satisfiability::Sat(_) | Satisfiability::Unknown => found,
    }
}

/// Finds a string that a person reads easily where that is cheap, and otherwise a shortest one.
pub(super) fn find_readable<'a>(
    sets: &[StringSet<'a>],
    budget: &mut Budget,
) -> Satisfiability<FoundString<'a>> {
    let sets = &normalise(sets);
    let (automaton, may_be_spurious) = build_automaton(sets, budget);
    let required = sets.iter().filter(|set| set.membership == Membership::Inside);
    let patterns = required.flat_map(|set| set.include.iter());
    for filler in ["example", "x", ""] {
        for pattern in patterns.clone().take(MAX_FILLED_PATTERNS) {
            let text = fill(pattern, filler);
            if automaton.accepts(&text) {
                let found = Satisfiability::Sat(FoundString { text, may_be_spurious });
                return reject_spurious(found, sets, budget);
            }
        }
    }
    let plain: Vec<_> = "example".chars().map(Symbol::Char).collect();
    if automaton.accepts(&plain) {
        let found = Satisfiability::Sat(FoundString { text: plain, may_be_spurious });
        return reject_spurious(found, sets, budget);
    }
    let found = find_shortest(&automaton, budget).map(|text| FoundString { text, may_be_spurious });
    reject_spurious(found, sets, budget)
}

/// Lists the texts that a pattern matches, where they are at most so many.
pub(super) fn list_texts(pattern: &Pattern, most: usize) -> Option<Vec<Arc<str>>> {
    let mut texts = vec![String::new()];
    for token in pattern.tokens() {
        match token {
            Token::Literal(known) => texts.iter_mut().for_each(|text| text.push_str(known)),
            Token::Folded(known) => {
                for char in known.chars() {
                    let mut cases = Vec::new();
                    fold::push_cases(char, &mut cases);
                    let with_cases = |text: &String| {
                        let text = text.clone();
                        cases.iter().map(move |case| format!("{text}{case}")).collect::<Vec<_>>()
                    };
                    texts = texts.iter().flat_map(with_cases).collect();
                    if texts.len() > most {
                        return None;
                    }
                }
            }
            Token::One(_) | Token::Run(_) | Token::Hole(_) => return None,
        }
    }
    Some(texts.into_iter().map(Arc::from).collect())
}

/// Finds a readable text that satisfies every requirement where holes may be anything.
pub(super) fn find_relaxed(sets: &[StringSet<'_>], budget: &mut Budget) -> Option<String> {
    let relaxed: Vec<RelaxedSet> = sets.iter().map(RelaxedSet::new).collect();
    let relaxed: Vec<StringSet<'_>> = relaxed.iter().map(RelaxedSet::as_set).collect();
    match find_readable(&relaxed, budget) {
        Satisfiability::Sat(found) => as_text(&found.text),
        Satisfiability::Unsat | Satisfiability::Unknown => None,
    }
}

/// The text of a string without placeholders.
pub(super) fn as_text(text: &[Symbol<'_>]) -> Option<String> {
    text.iter()
        .map(|symbol| match symbol {
            Symbol::Char(char) => Some(*char),
            Symbol::Placeholder(_) => None,
        })
        .collect()
}

/// Whether this string satisfies every requirement.
pub(super) fn satisfies_all(sets: &[StringSet<'_>], text: &str, budget: &Budget) -> bool {
    let symbols: Vec<_> = text.chars().map(Symbol::Char).collect();
    build_automaton(sets, budget).0.accepts(&symbols)
}

/// Whether two sets are proved to share no string, whatever the holes in them are.
pub(crate) fn are_disjoint(one: &Strings, other: &Strings) -> bool {
    if subsumption::are_disjoint(one, other) {
        return true;
    }
    let inside = |strings| StringSet::of(strings, Membership::Inside);
    find(&[inside(one), inside(other)], &mut Budget::default()) == Satisfiability::Unsat
}

impl<'a> StringSet<'a> {
    pub(super) fn of(strings: &'a Strings, membership: Membership) -> Self {
        Self { include: strings.include.iter().collect(), exclude: &strings.exclude, membership }
    }
}

/// The set whose holes give the placeholders: the first required one with a hole, else the narrowest required one.
fn choose_generator(sets: &[StringSet<'_>]) -> Option<usize> {
    let is_required = |set: &StringSet<'_>| set.membership == Membership::Inside;
    let with_hole =
        sets.iter().position(|set| is_required(set) && set.include.iter().any(|one| has_hole(one)));
    with_hole.or_else(|| {
        let required = sets.iter().enumerate().filter(|(_, set)| is_required(set));
        required.min_by_key(|(_, set)| count_freedom(set)).map(|(index, _)| index)
    })
}

/// How freely a set can run. The generator gives the alphabet, so a set without wildcards is the better one.
fn count_freedom(set: &StringSet<'_>) -> (bool, usize) {
    let is_wild = |token: &Token| matches!(token, Token::Run(_) | Token::One(_));
    let has_wildcard = set.include.iter().any(|pattern| pattern.tokens().iter().any(is_wild));
    (has_wildcard, set.include.len())
}

fn has_hole(pattern: &Pattern) -> bool {
    pattern.holes().next().is_some()
}

/// The pattern with words in the place of its wildcards.
fn fill<'a>(pattern: &'a Pattern, filler: &str) -> Vec<Symbol<'a>> {
    let mut text = Vec::new();
    for token in pattern.tokens() {
        match token {
            Token::Literal(known) | Token::Folded(known) => text.extend(known.chars().map(Symbol::Char)),
            Token::One(_) => text.push(Symbol::Char('x')),
            Token::Run(_) => text.extend(filler.chars().map(Symbol::Char)),
            Token::Hole(hole) => text.push(Symbol::Placeholder(hole)),
        }
    }
    text
}

/// The automaton of all sets, and whether a string that it accepts may be spurious.
fn build_automaton<'a>(sets: &[StringSet<'a>], budget: &Budget) -> (Automaton<'a>, bool) {
    let generator = choose_generator(sets);
    let mut automaton = Automaton::default();
    let mut may_be_spurious = false;
    let has_placeholders = generator
        .and_then(|index| sets.get(index))
        .is_some_and(|set| set.include.iter().any(|one| has_hole(one)));
    // An over-approximated match is exact without holes and placeholders, so that nothing is gained there.
    let is_useless = |pattern: &Pattern| {
        (has_placeholders || has_hole(pattern))
            && ((budget.passes.has(Pass::Contradictions) && is_contradicted(sets, pattern))
                || (budget.passes.has(Pass::Counting) && is_out_of_count(sets, pattern)))
    };
    for (index, set) in sets.iter().enumerate() {
        automaton.begin_set(set.membership);
        let is_generator = generator == Some(index);
        let (included, excluded) = match set.membership {
            Membership::Inside if is_generator => (HoleMode::Generate, HoleMode::Under),
            Membership::Inside => (HoleMode::Over, HoleMode::Under),
            Membership::Outside => (HoleMode::Under, HoleMode::Over),
        };
        let include = set.include.iter().copied();
        for pattern in include.filter(|one| included == HoleMode::Under || !is_useless(one)) {
            automaton.include(pattern, included);
            may_be_spurious |= included == HoleMode::Over && has_hole(pattern);
        }
        for pattern in set.exclude.iter().filter(|one| excluded == HoleMode::Under || !is_useless(one)) {
            automaton.exclude(pattern, excluded);
            may_be_spurious |= excluded == HoleMode::Over && has_hole(pattern);
        }
    }
    let is_required_elsewhere = sets.iter().enumerate().any(|(index, set)| match set.membership {
        Membership::Inside => generator != Some(index),
        Membership::Outside => !set.exclude.is_empty(),
    });
    (automaton, may_be_spurious || (has_placeholders && is_required_elsewhere))
}

/// Whether everything that a pattern matches must not be matched, so that it cannot satisfy a requirement, whatever the
/// holes are.
fn is_contradicted(sets: &[StringSet<'_>], pattern: &Pattern) -> bool {
    // With two neighbouring runs, a pattern is not seen to cover itself.
    let is_covered_by = |out: &Pattern| out == pattern || subsumption::covers(out, pattern);
    sets.iter().any(|set| match set.membership {
        Membership::Inside => set.exclude.iter().any(is_covered_by),
        Membership::Outside => set.exclude.is_empty() && set.include.iter().any(|out| is_covered_by(out)),
    })
}

/// Whether counting tells a pattern apart from every pattern of a set that must be matched.
fn is_out_of_count(sets: &[StringSet<'_>], pattern: &Pattern) -> bool {
    sets.iter().any(|set| {
        set.membership == Membership::Inside
            && set.include.iter().all(|other| counting::never_match_together(other, pattern))
    })
}

/// Breadth first over the states that are reached.
fn find_shortest<'a>(automaton: &Automaton<'a>, budget: &mut Budget) -> Satisfiability<Vec<Symbol<'a>>> {
    let (start, prefix) = automaton.start();
    let kind = automaton.classify(&start);
    if kind.is_accepting {
        return Satisfiability::Sat(prefix);
    }
    if kind.is_dead {
        return Satisfiability::Unsat;
    }
    let mut seen: HashMap<State, (), BuildFastHasher> = HashMap::default();
    let mut reached: Vec<(usize, Option<Symbol<'a>>)> = vec![(0, None)];
    let mut states: Vec<State> = vec![start.clone()];
    seen.insert(start, ());
    let mut next = 0;
    while let Some(state) = states.get(next).cloned() {
        for symbol in automaton.list_symbols(&state) {
            if !budget.spend_state(state.len()) {
                return Satisfiability::Unknown;
            }
            let target = automaton.step(&state, symbol);
            let Entry::Vacant(vacant) = seen.entry(target) else { continue };
            let kind = automaton.classify(vacant.key());
            if kind.is_accepting {
                return Satisfiability::Sat(trace_back(prefix, &reached, next, symbol));
            }
            if !kind.is_dead {
                states.push(vacant.key().clone());
                reached.push((next, Some(symbol)));
            }
            vacant.insert(());
        }
        next += 1;
    }
    Satisfiability::Unsat
}

/// The prefix, the symbols on the way to a state, and one more.
fn trace_back<'a>(
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
