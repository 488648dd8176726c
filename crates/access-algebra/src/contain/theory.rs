//! Whether some value of one context key meets demands on it.
//!
//! In go conditions on one key, each to hold or to fail; out comes a value (absent where that will do), or the proof
//! that there is none. Strings are decided by [`super::text`]; numbers, instants and addresses by trying one value of
//! each cell that the conditions' own values cut their line into, which is exact. A multi-valued key needs at most
//! one element for each demand that some element must meet.
//!
//! Conditions that nothing understands are left out here; [`super::search`] holds each to one truth value.

mod cells;

use super::budget::Budget;
use super::symbol::{Demand, Symbol};
use super::text::{self, Answer, Found, Set};
use crate::{Condition, Quantifier, Test};

/// What a key is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyValue<'a> {
    Absent,
    One(Vec<Symbol<'a>>),
    Many(Vec<Vec<Symbol<'a>>>),
}

/// A value, and whether it rests on what a hole might stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Solved<'a> {
    pub(super) value: KeyValue<'a>,
    pub(super) loose: bool,
}

/// A condition, and whether it must hold.
pub(super) type Literal<'a> = (&'a Condition, bool);

/// A test of one value, and whether it must be met.
type Demanded<'a> = (&'a Test, bool);

/// Which of the values that will do is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taste {
    /// Whichever is found first.
    Quick,
    /// One that a person reads easily.
    Readable,
    /// Readable, and a single value since a policy variable stands for it.
    Single,
}

/// How many values a key may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Arity {
    /// One: no statement ranges over its values.
    #[default]
    Single,
    /// Any number.
    Plural,
}

/// A value that meets every literal.
pub(super) fn solve<'a>(
    literals: &[Literal<'a>],
    arity: Arity,
    taste: Taste,
    budget: &mut Budget,
) -> Answer<Solved<'a>> {
    if taste != Taste::Single
        && literals.iter().all(|(condition, holds)| absence(condition).is_none_or(|is| is == *holds))
    {
        return Answer::Yes(Solved { value: KeyValue::Absent, loose: false });
    }
    let present = literals.iter().all(|(condition, holds)| match condition.test {
        Test::Present(wanted) => wanted == *holds,
        Test::Text { .. }
        | Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Opaque(_) => true,
    });
    if !present {
        return Answer::No;
    }
    let single: Vec<Demanded<'a>> =
        tests(literals).map(|(condition, holds)| (&condition.test, holds)).collect();
    let answer = value(&single, taste, budget);
    if answer != Answer::No || taste == Taste::Single || arity == Arity::Single {
        return answer.map(|found| Solved { value: KeyValue::One(found.text), loose: found.loose });
    }
    several(literals, taste, budget)
}

/// The literals that speak of the key's values.
fn tests<'l, 'a: 'l>(literals: &'l [Literal<'a>]) -> impl Iterator<Item = Literal<'a>> + 'l {
    literals
        .iter()
        .copied()
        .filter(|(condition, _)| !matches!(condition.test, Test::Present(_) | Test::Opaque(_)))
}

/// What a condition says where the key is absent; `None` where that is not known.
fn absence(condition: &Condition) -> Option<bool> {
    match condition.test {
        Test::Present(wanted) => Some(!wanted),
        Test::Opaque(_) => None,
        Test::Text { .. } | Test::Number { .. } | Test::Date { .. } | Test::Address { .. } => {
            Some(condition.if_absent)
        }
    }
}

/// Several values, after one was not enough.
fn several<'a>(literals: &[Literal<'a>], taste: Taste, budget: &mut Budget) -> Answer<Solved<'a>> {
    let (mut every, mut some) = (Vec::new(), Vec::new());
    for (condition, holds) in tests(literals) {
        match (condition.quantifier, holds) {
            // A multi-valued key never satisfies it.
            (Quantifier::One, true) => return Answer::No,
            (Quantifier::One, false) => {}
            (Quantifier::Unsaid, true) if !condition.test.is_negated() => some.push((&condition.test, true)),
            // Whatever it means, it may be so.
            (Quantifier::Unsaid, true | false) => {}
            (Quantifier::Any, true) | (Quantifier::All, false) => some.push((&condition.test, holds)),
            (Quantifier::Any, false) | (Quantifier::All, true) => every.push((&condition.test, holds)),
        }
    }
    let mut solved = Solved { value: KeyValue::Absent, loose: false };
    let mut values = Vec::new();
    let wanted = some.iter().map(Some).chain(some.is_empty().then_some(None));
    for further in wanted {
        let demands: Vec<Demanded<'a>> = every.iter().copied().chain(further.copied()).collect();
        match value(&demands, taste, budget) {
            Answer::Yes(found) => {
                solved.loose |= found.loose;
                if !values.contains(&found.text) {
                    values.push(found.text);
                }
            }
            Answer::No => return Answer::No,
            Answer::Unknown => return Answer::Unknown,
        }
    }
    solved.value = KeyValue::Many(values);
    Answer::Yes(solved)
}

/// One value that meets every test.
fn value<'a>(tests: &[Demanded<'a>], taste: Taste, budget: &mut Budget) -> Answer<Found<'a>> {
    let sets: Vec<Set<'a>> = tests.iter().filter_map(set).collect();
    if sets.len() == tests.len() {
        return match taste {
            Taste::Quick => text::find(&sets, budget),
            Taste::Readable | Taste::Single => text::example(&sets, budget),
        };
    }
    let candidates = cells::candidates(tests.iter().map(|(test, _)| *test));
    if sets.is_empty() && cells::one_family(tests.iter().map(|(test, _)| *test)) {
        let met = candidates.iter().find(|candidate| meets_all(tests, candidate));
        return met.map_or(Answer::No, |met| Answer::Yes(plain(met)));
    }
    mixed(tests, &sets, candidates, budget)
}

/// Tests of several families on one text: exact where the text is one of a few, otherwise only candidates are tried.
fn mixed<'a>(
    tests: &[Demanded<'a>],
    sets: &[Set<'a>],
    mut candidates: Vec<String>,
    budget: &mut Budget,
) -> Answer<Found<'a>> {
    let written = sets.iter().find_map(literals_of);
    let bounded = written.is_some();
    candidates.extend(written.unwrap_or_default());
    match text::find(sets, budget) {
        Answer::No => return Answer::No,
        Answer::Yes(found) => candidates.extend(concrete(&found.text)),
        Answer::Unknown => {}
    }
    if let Some(met) = candidates.iter().find(|candidate| meets_all(tests, candidate)) {
        return Answer::Yes(plain(met));
    }
    if bounded { Answer::No } else { Answer::Unknown }
}

/// The texts of a set that must be met and is written out.
fn literals_of(set: &Set<'_>) -> Option<Vec<String>> {
    if set.demand == Demand::Outside {
        return None;
    }
    set.include.iter().map(|pattern| pattern.as_literal().map(str::to_owned)).collect()
}

fn plain<'a>(text: &str) -> Found<'a> {
    Found { text: text.chars().map(Symbol::Char).collect(), loose: false }
}

fn concrete(text: &[Symbol<'_>]) -> Option<String> {
    text.iter()
        .map(|symbol| match symbol {
            Symbol::Char(char) => Some(*char),
            Symbol::Letter(_) => None,
        })
        .collect()
}

fn set<'a>((test, holds): &Demanded<'a>) -> Option<Set<'a>> {
    match test {
        Test::Text { values, negated } => {
            let demand = Demand::Inside.flipped_if(*negated == *holds);
            Some(Set { include: values.iter().collect(), exclude: &[], demand })
        }
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Opaque(_) => None,
    }
}

fn meets_all(tests: &[Demanded<'_>], text: &str) -> bool {
    tests.iter().all(|demanded| match set(demanded) {
        Some(set) => text::accepts(&[set], text),
        None => cells::meets(demanded.0, text) == demanded.1,
    })
}
