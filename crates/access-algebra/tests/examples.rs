//! Differences and conditions by example, where random statements seldom meet: conditions on the same key, statements
//! that share nothing, equal numbers. For each example there was a mutant that the laws let pass.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::sync::Arc;

use access_algebra::evaluate::{Truth, holds, matches};
use access_algebra::{
    Condition, Context, Decimal, Effect, Order, Pattern, Quantifier, Request, Statement, Strings, Test,
};

fn set(texts: &[&str]) -> Strings {
    Strings::of(texts.iter().map(|text| Pattern::literal(text)))
}

/// A demand that the text of `key` is one of some.
fn text(values: &[&str]) -> Condition {
    let values = values.iter().map(|value| Pattern::literal(value)).collect();
    Condition {
        key: "key".into(),
        test: Test::Text { values, negated: false },
        quantifier: Quantifier::One,
        if_absent: false,
    }
}

fn negated(condition: Condition) -> Condition {
    let Test::Text { values, .. } = condition.test else { return condition };
    Condition { test: Test::Text { values, negated: true }, ..condition }
}

fn statement(conditions: Vec<Condition>) -> Statement {
    Statement {
        effect: Effect::Allow,
        principals: set(&["ana"]),
        actions: set(&["read"]),
        resources: set(&["report"]),
        conditions,
    }
}

fn request(value: Option<Context>) -> Request {
    Request {
        principal: "ana".to_owned(),
        action: "read".to_owned(),
        resource: "report".to_owned(),
        context: value.map(|value| (Arc::from("key"), value)).into_iter().collect(),
    }
}

fn one(value: &str) -> Option<Context> {
    Some(Context::One(value.to_owned()))
}

/// Whether what is left of one statement without the other matches a request.
fn is_left(from: &Statement, taken: &Statement, request: &Request) -> bool {
    from.difference(taken).iter().any(|rest| matches(rest, request) == Truth::Yes)
}

#[test]
fn statements_that_share_nothing_are_left_whole() {
    let base = statement(vec![text(&["a", "c"])]);
    let others = [
        Statement { principals: set(&["ben"]), ..base.clone() },
        Statement { actions: set(&["write"]), ..base.clone() },
        Statement { resources: set(&["ledger"]), ..base.clone() },
        statement(vec![text(&["b", "d"])]),
    ];
    for other in others {
        assert_eq!(base.difference(&other), std::slice::from_ref(&base), "{other:?}");
    }
}

#[test]
fn a_statement_less_itself_is_nothing() {
    let base = statement(vec![text(&["a"])]);
    assert_eq!(base.difference(&base), []);
    assert_eq!(base.difference(&Statement { actions: Strings::any(), ..base.clone() }), []);
}

#[test]
fn a_condition_that_overlaps_takes_away_what_both_match() {
    let (wide, narrow) = (statement(vec![text(&["a", "b"])]), statement(vec![text(&["b", "c"])]));
    assert!(is_left(&wide, &narrow, &request(one("a"))));
    assert!(!is_left(&wide, &narrow, &request(one("b"))));
}

#[test]
fn conditions_with_different_texts_meet_where_the_key_is_absent() {
    let if_absent = |value| Condition { if_absent: true, ..text(&[value]) };
    let (from, taken) = (statement(vec![if_absent("a")]), statement(vec![if_absent("b")]));
    assert!(!is_left(&from, &taken, &request(None)));
}

#[test]
fn conditions_with_different_texts_meet_where_the_key_has_both() {
    let any = |value| Condition { quantifier: Quantifier::Any, ..text(&[value]) };
    let (from, taken) = (statement(vec![any("a")]), statement(vec![any("b")]));
    let both = Some(Context::Many(vec!["a".to_owned(), "b".to_owned()]));
    assert!(!is_left(&from, &taken, &request(both)));
}

#[test]
fn several_values_without_a_quantifier_are_undecided_unless_all_fail_a_plain_test() {
    let unsaid = Condition { quantifier: Quantifier::Unsaid, ..text(&["a"]) };
    let several = request(Some(Context::Many(vec!["b".to_owned(), "c".to_owned()])));
    assert!(!unsaid.test.is_negated());
    assert_eq!(holds(&unsaid, &several), Truth::No);
    let unsaid = negated(unsaid);
    assert!(unsaid.test.is_negated());
    assert_eq!(holds(&unsaid, &several), Truth::Maybe);
    let excluded = request(Some(Context::Many(vec!["a".to_owned(), "a".to_owned()])));
    assert_eq!(holds(&unsaid, &excluded), Truth::Maybe);
}

#[test]
fn an_equal_number_is_neither_less_nor_greater() {
    let cases = [
        (Order::Equal, Truth::Yes),
        (Order::Less, Truth::No),
        (Order::LessOrEqual, Truth::Yes),
        (Order::Greater, Truth::No),
        (Order::GreaterOrEqual, Truth::Yes),
    ];
    for (order, expected) in cases {
        let test = Test::Number { order, values: vec![Decimal::parse("5").unwrap()], negated: false };
        let condition = Condition { test, ..text(&[]) };
        assert_eq!(holds(&condition, &request(one("5"))), expected, "{order:?}");
    }
}
