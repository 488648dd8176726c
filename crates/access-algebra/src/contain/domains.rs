//! The theory of one context key: whether some value satisfies conditions on it.
//!
//! Takes conditions on one key, each to hold or to fail, and returns a value (absent where that is enough), or the proof
//! that there is none. Text is decided by [`super::strings`]. Numbers, instants and addresses are decided by one
//! representative of each cell into which the conditions' own values cut their line, which is exact. A key with several
//! values needs at most one element for each requirement that some element must satisfy.
//!
//! Opaque conditions are ignored here: [`super::solver`] assigns each of them one truth value, and no theory knows more.

mod cells;

use self::cells::Reading;
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
    /// Absent or several values, since a policy variable that stands for it matches nothing.
    NotSingleValued,
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
        | Test::Part { .. }
        | Test::Opaque(_) => true,
    });
    if !can_be_present {
        return Satisfiability::Unsat;
    }
    if preference == Preference::NotSingleValued {
        return match arity {
            Arity::Single => Satisfiability::Unsat,
            Arity::Multiple => find_values(literals, preference, budget),
        };
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
    literals.iter().copied().filter(|(condition, _)| is_value_test(&condition.test))
}

/// Whether a test says something of the key's values.
pub(super) fn is_value_test(test: &Test) -> bool {
    !matches!(test, Test::Present(_) | Test::Part { .. } | Test::Opaque(_))
}

/// The truth of a condition where the key is absent; `None` where that is not known.
fn truth_if_absent(condition: &Condition) -> Option<bool> {
    match condition.test {
        Test::Present(wanted) => Some(!wanted),
        Test::Part { .. } | Test::Opaque(_) => None,
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
            Preference::Any | Preference::NotSingleValued => strings::find(&sets, budget),
            Preference::Readable | Preference::SingleValued => strings::find_readable(&sets, budget),
        };
    }
    if sets.is_empty() && cells::are_one_family(tests.iter().map(|(test, _)| *test)) {
        let candidates = cells::list_representatives(tests.iter().map(|(test, _)| *test));
        let met = candidates.iter().find(|candidate| satisfies_every(tests, candidate, budget));
        return met.map_or(Satisfiability::Unsat, |met| Satisfiability::Sat(exact_text(met)));
    }
    solve_typed(tests, &sets, budget)
}

/// Decides tests of which some read the text as a number, an instant or an address. Exact without tests of the text
/// itself, and where the text is one of a few; otherwise a reading is refuted where the sets leave no string of its
/// characters, and only representatives and what the sets leave are tried.
fn solve_typed<'a>(
    tests: &[TestLiteral<'a>],
    sets: &[StringSet<'a>],
    budget: &mut Budget,
) -> Satisfiability<FoundString<'a>> {
    let is_typed = |(test, _): &&TestLiteral<'a>| !matches!(test, Test::Text { .. });
    let satisfies_typed = |text: &String| {
        tests.iter().filter(is_typed).all(|(test, holds)| cells::satisfies(test, text) == *holds)
    };
    let mut candidates = cells::list_readings(tests.iter().map(|(test, _)| *test));
    candidates.retain(satisfies_typed);
    let mut readings: Vec<Reading> = candidates.iter().map(|text| Reading::of(text)).collect();
    let literals = sets.iter().find_map(list_literals);
    let is_exhaustive = sets.is_empty() || literals.is_some();
    candidates.extend(literals.unwrap_or_default());
    if let Some(met) = candidates.iter().find(|candidate| satisfies_every(tests, candidate, budget)) {
        return Satisfiability::Sat(exact_text(met));
    }
    if is_exhaustive {
        return Satisfiability::Unsat;
    }
    readings.sort_unstable();
    readings.dedup();
    let mut answer = Satisfiability::Unsat;
    for reading in readings {
        let found = match reading.list_characters() {
            Some(alphabet) => strings::find_within(sets, alphabet, budget),
            None => strings::find(sets, budget),
        };
        match found {
            Satisfiability::Unsat => {}
            Satisfiability::Unknown => answer = Satisfiability::Unknown,
            Satisfiability::Sat(found) => {
                let text = strings::as_text(&found.text);
                if let Some(met) = text.filter(|text| satisfies_every(tests, text, budget)) {
                    return Satisfiability::Sat(exact_text(&met));
                }
                answer = Satisfiability::Unknown;
            }
        }
    }
    answer
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

pub(super) fn text_set<'a>((test, holds): &TestLiteral<'a>) -> Option<StringSet<'a>> {
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
        | Test::Part { .. }
        | Test::Opaque(_) => None,
    }
}

fn satisfies_every(tests: &[TestLiteral<'_>], text: &str, budget: &Budget) -> bool {
    tests.iter().all(|literal| match text_set(literal) {
        Some(set) => strings::satisfies_all(&[set], text, budget),
        None => cells::satisfies(literal.0, text) == literal.1,
    })
}

#[cfg(test)]
mod tests {
    use super::{Arity, Preference, solve};
    use crate::contain::budget::Budget;
    use crate::contain::strings::Satisfiability;
    use crate::evaluate::{Truth, holds};
    use crate::{Condition, Context, Decimal, Order, Pattern, Quantifier, Request, Test, Token};

    /// Every text of up to four of these characters, and some longer ones.
    fn list_texts() -> Vec<String> {
        let mut texts = vec![String::new()];
        for length in 0..4 {
            let longer = texts.iter().filter(|text| text.len() == length);
            let longer = longer.flat_map(|text| "015.-:ex".chars().map(move |char| format!("{text}{char}")));
            texts.extend(longer.collect::<Vec<_>>());
        }
        let longer =
            ["1970-01-01", "1970-01-01T00:00:01Z", "10.0.0.5", "::5", "99999999999999999999", "1e30"];
        texts.into_iter().chain(longer.map(str::to_owned)).collect()
    }

    fn list_tests() -> Vec<Test> {
        let (one, any, some) = (Token::One(None), Token::Run(None), Token::Run(Some(':')));
        let literal = |text: &str| Token::Literal(text.into());
        let patterns = [
            vec![one.clone(), one.clone()],
            vec![one.clone()],
            vec![any.clone(), literal("."), any.clone()],
            vec![some, literal("5")],
            vec![literal("-"), any.clone()],
            vec![any.clone(), literal("e"), any],
            vec![literal("5")],
        ];
        let text = |tokens: Vec<Token>| Test::Text { values: vec![Pattern::new(tokens)], negated: false };
        let number = |order, value: &str, negated| Test::Number {
            order,
            values: vec![Decimal::parse(value).unwrap()],
            negated,
        };
        let date =
            |order, value: &str, negated| Test::Date { order, values: vec![value.parse().unwrap()], negated };
        let mut tests: Vec<Test> = patterns.into_iter().map(text).collect();
        tests.extend([
            number(Order::Equal, "5", false),
            number(Order::Greater, "0.5", false),
            number(Order::Less, "1e25", true),
            date(Order::Less, "1970-01-01T00:00:05Z", false),
            date(Order::GreaterOrEqual, "1970-01-01T00:00:01Z", true),
            date(Order::Greater, "1970-01-01T00:00:00.5Z", false),
            Test::Address { values: vec!["10.0.0.0/8".parse().unwrap()], negated: false },
            Test::Address { values: vec!["::/0".parse().unwrap()], negated: true },
        ]);
        tests
    }

    /// What some text satisfies has a value, and a value that is found satisfies it, in the eyes of the evaluator.
    #[test]
    fn no_reading_of_a_text_is_left_out() {
        let texts = list_texts();
        let requests: Vec<Request> = texts
            .into_iter()
            .map(|text| Request { context: [("k".into(), Context::One(text))].into(), ..Request::default() })
            .collect();
        let condition =
            |test| Condition { key: "k".into(), test, quantifier: Quantifier::One, if_absent: false };
        let conditions: Vec<Condition> = list_tests().into_iter().map(condition).collect();
        let mut literals: Vec<(&Condition, bool)> = Vec::new();
        for condition in &conditions {
            literals.extend([(condition, true), (condition, false)]);
        }
        let is_met = |literal: &(&Condition, bool), request: &Request| {
            (holds(literal.0, request) == Truth::Yes) == literal.1
        };
        let met: Vec<Vec<bool>> = literals
            .iter()
            .map(|literal| requests.iter().map(|request| is_met(literal, request)).collect())
            .collect();
        let (mut decided, mut asked) = (0, 0);
        for one in 0..literals.len() {
            for two in one + 1..literals.len() {
                for three in two + 1..literals.len() {
                    let chosen = [literals[one], literals[two], literals[three]];
                    let is_possible =
                        (0..requests.len()).any(|at| met[one][at] && met[two][at] && met[three][at]);
                    let preference = Preference::SingleValued;
                    let answer = solve(&chosen, Arity::Single, preference, &mut Budget::default());
                    asked += 1;
                    decided += u32::from(answer != Satisfiability::Unknown);
                    assert!(answer != Satisfiability::Unsat || !is_possible, "{chosen:?}");
                }
            }
        }
        assert!(decided * 100 > asked * 85, "too few are decided: {decided} of {asked}");
    }
}
