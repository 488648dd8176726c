//! What the decision owes to its callers, on accesses of one action and one resource each.

use std::borrow::Cow;

use access_algebra::polish::KnownExcess;
use access_algebra::{Access, Condition, Effect, Pattern, Quantifier, Request, Statement, Strings, Test};

use super::{ApprovedAccess, ApprovedPart, Decision, Difference, Dimension, Excess};
use crate::catalog::Catalog;
use crate::lower::{Dialect, Lowered};
use crate::reason::Reason;

fn set(text: &str) -> Strings {
    if text == "*" { Strings::any() } else { Strings::of([Pattern::literal(text)]) }
}

fn statement(effect: Effect, action: &str, resource: &str) -> Statement {
    Statement {
        effect,
        principals: set("ana"),
        actions: set(action),
        resources: set(resource),
        conditions: Vec::new(),
    }
}

fn access(actions: &[&str]) -> Access {
    Access { statements: actions.iter().map(|action| statement(Effect::Allow, action, "*")).collect() }
}

fn reading(actions: &[&str]) -> Lowered {
    Lowered { access: access(actions), ..Lowered::default() }
}

fn doubtful(actions: &[&str], fact: &str) -> Lowered {
    Lowered { doubts: vec![missing(fact)], ..reading(actions) }
}

fn missing(fact: &str) -> Reason {
    Reason::FactMissing { fact: fact.to_owned() }
}

fn approved<'a>(parts: &'a [Access], narrowed_by: Option<&'a Reason>) -> ApprovedAccess<'a> {
    let part = |access| ApprovedPart { access: Cow::Borrowed(access), role_terms: Vec::new(), narrowed_by };
    ApprovedAccess::new(parts.iter().map(part).collect())
}

/// The action of the witness, where the decision has one.
fn exceeding_action(decision: &Decision<'_>) -> Option<String> {
    match decision {
        Decision::Exceeds { witness, .. } => Some(witness.request.action.clone()),
        Decision::Contained | Decision::Undecided(_) => None,
    }
}

#[test]
fn parts_cover_together_what_none_covers_alone() {
    let parts = [access(&["read"]), access(&["write"])];
    let both = reading(&["read", "write"]);
    assert_eq!(approved(&parts, None).decide([&both]), Decision::Contained);
    for part in &parts {
        let alone = approved(std::slice::from_ref(part), None);
        assert!(!alone.covers(&both));
        assert!(exceeding_action(&alone.decide([&both])).is_some());
    }
}

#[test]
fn one_contained_reading_is_enough_and_the_last_exceeding_one_is_shown() {
    let parts = [access(&["read"])];
    let approved = approved(&parts, None);
    let (within, write, delete) = (reading(&["read"]), reading(&["write"]), reading(&["delete"]));
    assert_eq!(approved.decide([&write, &within]), Decision::Contained);
    assert_eq!(exceeding_action(&approved.decide([&write, &delete])), Some("delete".to_owned()));
}

#[test]
fn a_doubtful_reading_never_passes_and_never_exceeds() {
    let parts = [access(&["read"])];
    let approved = approved(&parts, None);
    let (within, beyond) = (doubtful(&["read"], "a"), doubtful(&["write"], "b"));
    assert!(!approved.covers(&within));
    assert_eq!(approved.decide([&within, &beyond]), Decision::Undecided(missing("a")));
    let write = reading(&["write"]);
    assert_eq!(exceeding_action(&approved.decide([&within, &write])), Some("write".to_owned()));
}

/// What is approved may be more than its Access says: then an escape from the Access is no witness, and a proof stays one.
#[test]
fn a_narrowed_approval_is_never_exceeded() {
    let parts = [access(&["read"])];
    let reason = missing("google.parent");
    let narrowed = approved(&parts, Some(&reason));
    assert_eq!(narrowed.decide([&reading(&["write"])]), Decision::Undecided(reason.clone()));
    assert_eq!(narrowed.decide([&reading(&["read"])]), Decision::Contained);
}

#[test]
fn a_denial_in_another_part_is_found_and_no_other() {
    let denial = Access { statements: vec![statement(Effect::Deny, "write", "*")] };
    let request = |action: &str| Request {
        principal: "ana".to_owned(),
        action: action.to_owned(),
        resource: "r".to_owned(),
        ..Request::default()
    };
    let parts = [access(&["read"]), access(&["write"]), denial];
    let together = approved(&parts, None);
    assert_eq!(together.find_part_despite_denial(&request("write")), Some(1));
    assert_eq!(together.find_part_despite_denial(&request("delete")), None);
    let one = [Access { statements: parts.iter().flat_map(|part| part.statements.clone()).collect() }];
    assert_eq!(approved(&one, None).find_part_despite_denial(&request("write")), None);
}

#[test]
fn without_a_catalogue_nothing_is_read() {
    let parts = [access(&["read"])];
    let content = approved(&parts, None).with_content(Dialect::Google, &Catalog::default());
    assert!(content.used.is_empty() && content.is_complete);
    assert_eq!(content.approved.union(), &parts[0]);
}

/// Each dimension, and which statement is the nearest where several refuse.
#[test]
fn the_dimension_is_that_of_the_nearest_statement() {
    let mfa = Condition {
        key: "mfa".into(),
        test: Test::Text { values: vec![Pattern::literal("true")], negated: false },
        quantifier: Quantifier::One,
        if_absent: false,
    };
    let allow = |principal: &str, action: &str, resource: &str, conditions: &[&Condition]| Statement {
        principals: set(principal),
        conditions: conditions.iter().map(|condition| (*condition).clone()).collect(),
        ..statement(Effect::Allow, action, resource)
    };
    let request = Request {
        principal: "ana".to_owned(),
        action: "read".to_owned(),
        resource: "a".to_owned(),
        ..Request::default()
    };
    let cases = [
        (Vec::new(), Dimension::Principal),
        (vec![allow("ben", "read", "a", &[])], Dimension::Principal),
        (vec![allow("ana", "read", "b", &[])], Dimension::Resource),
        (vec![allow("ana", "write", "a", &[])], Dimension::Action),
        (vec![allow("ana", "read", "a", &[&mfa])], Dimension::Condition),
        // An `except` takes out what the statement allows.
        (vec![allow("ana", "read", "a", &[]), statement(Effect::Deny, "read", "a")], Dimension::Action),
        // The same principal is nearer than the same action and resource.
        (vec![allow("ben", "read", "a", &[]), allow("ana", "write", "a", &[])], Dimension::Action),
        (vec![allow("ben", "read", "a", &[]), allow("ana", "read", "b", &[&mfa])], Dimension::Resource),
        // The same resource is nearer than the same action.
        (vec![allow("ana", "read", "b", &[]), allow("ana", "write", "a", &[])], Dimension::Action),
        // A condition alone is nearer than anything else.
        (vec![allow("ana", "write", "a", &[]), allow("ana", "read", "a", &[&mfa])], Dimension::Condition),
    ];
    for (statements, expected) in cases {
        let approved = Access { statements };
        assert_eq!(Dimension::of_refusal(&approved, &request), expected, "{approved:?}");
    }
}

/// A request that the caller does not accept is neither the witness nor part of the excess.
#[test]
fn the_excess_holds_valid_requests_only() {
    let planned = access(&["read", "write"]);
    let parts = [Access::default()];
    let none = approved(&parts, None);
    let whole = reading(&["read", "write"]);
    let shown = match none.decide([&whole]) {
        Decision::Exceeds { planned, witness } => Some((planned, witness)),
        Decision::Contained | Decision::Undecided(_) => None,
    };
    let (exceeding, witness) = shown.unwrap();
    assert_eq!(exceeding, &planned);
    let catalog = Catalog::default();
    let words = catalog.make_vocabulary(Dialect::Google, &planned, none.union(), None);
    let difference =
        Difference { planned: &planned, approved: none.union(), nearest: none.union(), witness: &witness };
    let all = Excess::measure_with(difference, &*words, &KnownExcess::default());
    assert_eq!(*all.actions, ["read", "write"]);
    let only = Excess::measure(difference, &*words, |request| request.action == witness.request.action);
    assert_eq!(&*only.actions, std::slice::from_ref(&witness.request.action));
    assert_eq!(only.witness.request.action, witness.request.action);
}
