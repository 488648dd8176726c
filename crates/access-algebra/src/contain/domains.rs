//! The theory of one context key: whether some value satisfies conditions on it.
//!
//! Takes conditions on one key, each to hold or to fail, and returns a value (absent where that is enough), or the proof
//! that there is none. Text is decided by [`super::strings`]. Numbers, instants and addresses are decided by one
//! representative of each cell into which the conditions' own values cut their line, which is exact. A key with several
//! values needs at most one element for each requirement that some element must satisfy.
//!
//! Opaque conditions are ignored here: [`super::solver`] assigns each of them one truth value, and no theory knows more.

mod cells;

use super::budget::Budget;
use super::strings::{self, FoundString, Membership, Satisfiability, StringSet, Symbol};
use crate::{Condition, Quantifier, Test};

/// The value of a key in a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum KeyValue<'a> {
    Absent,
    One(Vec<Symbol<'a>>),
    Many(Vec<Vec<Symbol<'a>>>),
}

/// A value, and whether it depends on what a hole stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SolvedKey<'a> {
    pub(super) value: KeyValue<'a>,
    pub(super) may_be_spurious: bool,
}

/// A condition, and whether it must hold.
pub(super) type ConditionLiteral<'a> = (&'a Condition, bool);

/// A test of one value, and whether the value must satisfy it.
type TestLiteral<'a> = (&'a Test, bool);

/// Which value is preferred where several satisfy all conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preference {
    /// The one that is found first.
    Any,
    /// One that a person reads easily.
    Readable,
    /// Readable and a single value, since a policy variable stands for it.
    SingleValued,
}

/// How many values a key may have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Arity {
    /// One: no statement ranges over its values.
    #[default]
    Single,
    /// Any number.
    Multiple,
}

/// Finds a value of one key that satisfies every literal.
pub(super) fn solve<'a>(
    literals: &[ConditionLiteral<'a>],
    arity: Arity,
    preference: Preference,
    budget: &mut Budget,
) -> Satisfiability<SolvedKey<'a>> {
    if preference != Preference::SingleValued
        && literals
            .iter()
            .all(|(condition, holds)| truth_if_absent(condition).is_none_or(|truth| truth == *holds))
    {
        return Satisfiability::Sat(SolvedKey { value: KeyValue::Absent, may_be_spurious: false });
    }
    let can_be_present = literals.iter().all(|(condition, holds)| match condition.test {
        Test::Present(wanted) => wanted == *holds,
        Test::Text { .. }
        | Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Opaque(_) => true,
    });
    if !can_be_present {
        return Satisfiability::Unsat;
    }
    let single: Vec<TestLiteral<'a>> =
        value_tests(literals).map(|(condition, holds)| (&condition.test, holds)).collect();
    let answer = find_value(&single, preference, budget);
    if answer != Satisfiability::Unsat || preference == Preference::SingleValued || arity == Arity::Single {
        return answer.map(|found| SolvedKey {
            value: KeyValue::One(found.text),
            may_be_spurious: found.may_be_spurious,
        });
    }
    find_values(literals, preference, budget)
}

/// The literals that test the key's values.
fn value_tests<'l, 'a: 'l>(
    literals: &'l [ConditionLiteral<'a>],
) -> impl Iterator<Item = ConditionLiteral<'a>> + 'l {
    literals
        .iter()
        .copied()
        .filter(|(condition, _)| !matches!(condition.test, Test::Present(_) | Test::Opaque(_)))
}

/// The truth of a condition where the key is absent; `None` where that is not known.
fn truth_if_absent(condition: &Condition) -> Option<bool> {
    match condition.test {
        Test::Present(wanted) => Some(!wanted),
        Test::Opaque(_) => None,
        Test::Text { .. } | Test::Number { .. } | Test::Date { .. } | Test::Address { .. } => {
            Some(condition.if_absent)
        }
    }
}

/// Finds several values, where one is not enough.
fn find_values<'a>(
    literals: &[ConditionLiteral<'a>],
    preference: Preference,
    budget: &mut Budget,
) -> Satisfiability<SolvedKey<'a>> {
    let (mut every, mut some) = (Vec::new(), Vec::new());
    for (condition, holds) in value_tests(literals) {
        match (condition.quantifier, holds) {
            // A multi-valued key never satisfies it.
            (Quantifier::One, true) => return Satisfiability::Unsat,
            (Quantifier::One, false) => {}
            (Quantifier::Unsaid, true) if !condition.test.is_negated() => some.push((&condition.test, true)),
            // Its meaning for several values is not known, so it may hold or fail.
            (Quantifier::Unsaid, true | false) => {}
            (Quantifier::Any, true) | (Quantifier::All, false) => some.push((&condition.test, holds)),
            (Quantifier::Any, false) | (Quantifier::All, true) => every.push((&condition.test, holds)),
        }
    }
    let mut solved = SolvedKey { value: KeyValue::Absent, may_be_spurious: false };
    let mut values = Vec::new();
    let requirements = some.iter().map(Some).chain(some.is_empty().then_some(None));
    for requirement in requirements {
        let required: Vec<TestLiteral<'a>> = every.iter().copied().chain(requirement.copied()).collect();
        match find_value(&required, preference, budget) {
            Satisfiability::Sat(found) => {
                solved.may_be_spurious |= found.may_be_spurious;
                if !values.contains(&found.text) {
                    values.push(found.text);
                }
            }
            Satisfiability::Unsat => return Satisfiability::Unsat,
            Satisfiability::Unknown => return Satisfiability::Unknown,
        }
    }
    solved.value = KeyValue::Many(values);
    Satisfiability::Sat(solved)
}

/// Finds one value that satisfies every test.
fn find_value<'a>(
    tests: &[TestLiteral<'a>],
    preference: Preference,
    budget: &mut Budget,
) -> Satisfiability<FoundString<'a>> {
    let sets: Vec<StringSet<'a>> = tests.iter().filter_map(text_set).collect();
    if sets.len() == tests.len() {
        return match preference {
            Preference::Any => strings::find(&sets, budget),
            Preference::Readable | Preference::SingleValued => strings::find_readable(&sets, budget),
        };
    }
    let candidates = cells::list_representatives(tests.iter().map(|(test, _)| *test));
    if sets.is_empty() && cells::are_one_family(tests.iter().map(|(test, _)| *test)) {
        let met = candidates.iter().find(|candidate| satisfies_every(tests, candidate, budget));
        return met.map_or(Satisfiability::Unsat, |met| Satisfiability::Sat(exact_text(met)));
    }
    solve_mixed(tests, &sets, candidates, budget)
}

/// Decides tests that read one text as values of different types: exact where the text is one of a few, otherwise only
/// representatives are tried.
fn solve_mixed<'a>(
    tests: &[TestLiteral<'a>],
    sets: &[StringSet<'a>],
    mut candidates: Vec<String>,
    budget: &mut Budget,
) -> Satisfiability<FoundString<'a>> {
    let literals = sets.iter().find_map(list_literals);
    let is_exhaustive = literals.is_some();
    candidates.extend(literals.unwrap_or_default());
    match strings::find(sets, budget) {
        Satisfiability::Unsat => return Satisfiability::Unsat,
        Satisfiability::Sat(found) => candidates.extend(as_text(&found.text)),
        Satisfiability::Unknown => {}
    }
    if let Some(met) = candidates.iter().find(|candidate| satisfies_every(tests, candidate, budget)) {
        return Satisfiability::Sat(exact_text(met));
    }
    if is_exhaustive { Satisfiability::Unsat } else { Satisfiability::Unknown }
}

/// The texts of a required set that consists of literals.
fn list_literals(set: &StringSet<'_>) -> Option<Vec<String>> {
    if set.membership == Membership::Outside {
        return None;
    }
    set.include.iter().map(|pattern| pattern.as_literal().map(str::to_owned)).collect()
}

fn exact_text<'a>(text: &str) -> FoundString<'a> {
    FoundString { text: text.chars().map(Symbol::Char).collect(), may_be_spurious: false }
}

fn as_text(text: &[Symbol<'_>]) -> Option<String> {
    text.iter()
        .map(|symbol| match symbol {
            Symbol::Char(char) => Some(*char),
            Symbol::Placeholder(_) => None,
        })
        .collect()
}

fn text_set<'a>((test, holds): &TestLiteral<'a>) -> Option<StringSet<'a>> {
    match test {
        Test::Text { values, negated } => {
            let inside = Membership::Inside;
            let membership = if *negated == *holds { inside.negated() } else { inside };
            Some(StringSet { include: values.iter().collect(), exclude: &[], membership })
        }
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Opaque(_) => None,
    }
}

fn satisfies_every(tests: &[TestLiteral<'_>], text: &str, budget: &Budget) -> bool {
    tests.iter().all(|literal| match text_set(literal) {
        Some(set) => strings::satisfies_all(&[set], text, budget),
        None => cells::satisfies(literal.0, text) == literal.1,
    })
}
