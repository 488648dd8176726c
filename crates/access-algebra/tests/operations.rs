//! Laws of the operations on statements, conditions, sets and patterns, against [`access_algebra::evaluate`].
//!
//! The statements and the requests are those of the laws of containment (`tests/laws/generate.rs`).

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]
#![allow(clippy::wildcard_enum_match_arm, reason = "the naive reading is to stay short")]
#![allow(dead_code, reason = "the generators are shared with the laws, which use more of them")]

#[path = "laws/generate.rs"]
mod generate;
#[path = "laws/naive.rs"]
mod naive;

use access_algebra::evaluate::{Truth, holds, is_member, matches};
use access_algebra::{
    Access, Condition, Context, Pattern, Quantifier, Request, Statement, Strings, Test, Token,
};
use generate::{EVERYTHING, Features, PLAIN, Random};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};

/// Requests tried for each random value; more than half of them match one of the statements.
const REQUESTS: usize = 40;

fn one_statement(random: &mut Random, features: Features) -> Statement {
    generate::access(random, features).statements.remove(0)
}

/// Requests near two statements.
fn requests_near(random: &mut Random, one: &Statement, other: &Statement) -> Vec<Request> {
    let world = naive::world(random);
    let access = |statement: &Statement| Access { statements: vec![statement.clone()] };
    let (one, other) = (access(one), access(other));
    (0..REQUESTS).map(|_| generate::request(random, [&one, &other], &world)).collect()
}

/// Whether the negation of a condition is its complement for one request, by its documentation.
fn is_exactly_negated(condition: &Condition, request: &Request) -> bool {
    let is_typed = matches!(condition.test, Test::Number { .. } | Test::Date { .. });
    match request.context.get(&condition.key) {
        None => true,
        Some(Context::One(_)) => !is_typed,
        Some(Context::Many(_)) => {
            let is_present = matches!(condition.test, Test::Present(_));
            is_present || (!is_typed && condition.quantifier != Quantifier::One)
        }
    }
}

fn opposite(truth: Truth) -> Truth {
    match truth {
        Truth::No => Truth::Yes,
        Truth::Maybe => Truth::Maybe,
        Truth::Yes => Truth::No,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn a_negated_condition_never_holds_with_its_condition(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let statement = one_statement(&mut random, EVERYTHING);
        for condition in &statement.conditions {
            let Some(negated) = condition.negated() else {
                prop_assert!(
                    matches!(condition.test, Test::Opaque(_)) || condition.quantifier == Quantifier::Unsaid
                );
                continue;
            };
            for request in requests_near(&mut random, &statement, &statement) {
                let (truth, of_negated) = (holds(condition, &request), holds(&negated, &request));
                prop_assert!(truth.min(of_negated) != Truth::Yes, "{condition:?} {request:?}");
                if is_exactly_negated(condition, &request) {
                    prop_assert_eq!(of_negated, opposite(truth), "{:?} {:?}", condition, request);
                }
            }
        }
    }

    #[test]
    fn a_difference_matches_nothing_else(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let one = one_statement(&mut random, EVERYTHING);
        let other = one_statement(&mut random, EVERYTHING);
        let rest = one.difference(&other);
        for request in requests_near(&mut random, &one, &other) {
            if rest.iter().any(|statement| matches(statement, &request) == Truth::Yes) {
                prop_assert_eq!(matches(&one, &request), Truth::Yes, "{:?}", request);
                prop_assert_eq!(matches(&other, &request), Truth::No, "{:?} {:?} {:?}", one, other, request);
            }
        }
    }

    #[test]
    fn a_difference_is_exact_where_it_can_be_said(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let one = one_statement(&mut random, PLAIN);
        let mut other = one_statement(&mut random, PLAIN);
        for strings in [&mut other.principals, &mut other.actions, &mut other.resources] {
            strings.exclude.clear();
        }
        let rest = one.difference(&other);
        for request in requests_near(&mut random, &one, &other) {
            let is_exact = other.conditions.iter().all(|condition| is_exactly_negated(condition, &request));
            if is_exact && matches(&one, &request) == Truth::Yes && matches(&other, &request) == Truth::No {
                let is_left = rest.iter().any(|statement| matches(statement, &request) == Truth::Yes);
                prop_assert!(is_left, "{one:?} {other:?} {request:?}");
            }
        }
    }

    #[test]
    fn disjoint_sets_share_no_string(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let one = one_statement(&mut random, EVERYTHING);
        let other = one_statement(&mut random, EVERYTHING);
        let is_disjoint = one.resources.is_disjoint(&other.resources);
        prop_assert_eq!(is_disjoint, other.resources.is_disjoint(&one.resources));
        for request in requests_near(&mut random, &one, &other) {
            let in_both = is_member(&one.resources, &request.resource, &request)
                .min(is_member(&other.resources, &request.resource, &request));
            prop_assert!(!is_disjoint || in_both != Truth::Yes, "{request:?}");
        }
    }

    /// Of sets in which nothing is missing, `false` is exact too.
    #[test]
    fn sets_that_are_not_disjoint_share_a_string(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let one = one_statement(&mut random, PLAIN).resources;
        let other = one_statement(&mut random, PLAIN).resources;
        let in_both = (0..2_000).any(|_| {
            let text = generate::text(&mut random);
            let is_in = |set: &Strings| is_member(set, &text, &Request::default()) == Truth::Yes;
            is_in(&one) && is_in(&other)
        });
        prop_assert!(!in_both || !one.is_disjoint(&other));
    }

    #[test]
    fn every_match_begins_with_the_literal_prefix(seed in any::<u64>()) {
        let mut random = Random::new(seed);
        let statement = one_statement(&mut random, EVERYTHING);
        for request in requests_near(&mut random, &statement, &statement) {
            for pattern in &statement.resources.include {
                let set = Strings::of([pattern.clone()]);
                if is_member(&set, &request.resource, &request) != Truth::No {
                    prop_assert!(request.resource.starts_with(pattern.literal_prefix()));
                }
            }
        }
    }
}

#[test]
fn the_literal_prefix_is_as_long_as_it_can_be() {
    let literal = |text: &str| Token::Literal(text.into());
    let pattern = Pattern::new([literal("ab"), literal("c"), Token::Run(None), literal("d")]);
    assert_eq!(pattern.literal_prefix(), "abc");
    assert_eq!(Pattern::literal("whole").literal_prefix(), "whole");
    assert_eq!(Pattern::any().literal_prefix(), "");
}
