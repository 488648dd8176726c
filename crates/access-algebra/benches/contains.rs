//! How long containment takes on the shapes that policies have, without a cloud's documents.
//!
//! `cargo bench -p access-algebra`. The benches of the tool ask the same of real documents.

#![allow(clippy::unwrap_used, reason = "a benchmark may stop")]

use access_algebra::{
    Access, Condition, Containment, Effect, HoleKind, Pattern, Quantifier, Statement, Strings, Test, Token,
    contains,
};

fn main() {
    divan::main();
}

fn starting(text: &str) -> Pattern {
    Pattern::new([Token::Literal(text.into()), Token::Run(None)])
}

/// One service: three verbs on everything below one name.
fn service(number: usize) -> Statement {
    Statement {
        effect: Effect::Allow,
        principals: Strings::of([Pattern::literal("arn:aws:iam::111122223333:role/ci")]),
        actions: Strings::of(["Get", "List", "Put"].map(|verb| starting(&format!("service{number}:{verb}")))),
        resources: Strings::of([starting(&format!("arn:aws:service{number}:eu-west-1:111122223333:"))]),
        conditions: Vec::new(),
    }
}

fn services(count: usize) -> Access {
    Access { statements: (0..count).map(service).collect() }
}

fn ask(bencher: divan::Bencher<'_, '_>, approved: &Access, planned: &Access, expected: &str) {
    let answer = match contains(approved, planned) {
        Containment::Contained => "contained",
        Containment::Exceeds(_) => "exceeds",
        Containment::Undecided(_) => "undecided",
    };
    assert_eq!(answer, expected);
    bencher.bench_local(|| contains(divan::black_box(approved), divan::black_box(planned)));
}

/// A narrower statement, which the fast path proves.
#[divan::bench(args = [1, 10, 100])]
fn covered_by_one_of(bencher: divan::Bencher<'_, '_>, count: usize) {
    let mut planned = service(count - 1);
    planned.actions = Strings::of([Pattern::literal(&format!("service{}:GetItem", count - 1))]);
    ask(bencher, &services(count), &Access { statements: vec![planned] }, "contained");
}

/// One statement that several approvals cover together, which only the search proves.
#[divan::bench(args = [2, 10, 100])]
fn covered_by_all_of(bencher: divan::Bencher<'_, '_>, count: usize) {
    let mut approved = services(count);
    approved.statements.iter_mut().for_each(|statement| statement.resources = Strings::any());
    let mut planned = approved.statements.first().unwrap().clone();
    planned.actions.include =
        approved.statements.iter().flat_map(|one| one.actions.include.clone()).collect();
    ask(bencher, &approved, &Access { statements: vec![planned] }, "contained");
}

/// Everything planned and some services approved.
#[divan::bench(args = [1, 10, 100])]
fn wider_than(bencher: divan::Bencher<'_, '_>, count: usize) {
    let planned = Statement { actions: Strings::any(), ..service(0) };
    ask(bencher, &services(count), &Access { statements: vec![planned] }, "exceeds");
}

/// A condition missing from the plan.
#[divan::bench]
fn wider_in_a_condition(bencher: divan::Bencher<'_, '_>) {
    let mut approved = services(1);
    for statement in &mut approved.statements {
        statement.conditions.push(Condition {
            key: "aws:principalorgid".into(),
            test: Test::Text { values: vec![Pattern::literal("o-1")], negated: false },
            quantifier: Quantifier::One,
            if_absent: false,
        });
    }
    ask(bencher, &approved, &services(1), "exceeds");
}

/// A value known only after apply, in a place where it decides.
#[divan::bench]
fn unknown_value(bencher: divan::Bencher<'_, '_>) {
    let mut planned = services(1);
    for statement in &mut planned.statements {
        statement.resources = Strings::of([Pattern::hole(HoleKind::Unknown, "name")]);
    }
    ask(bencher, &services(1), &planned, "undecided");
}
