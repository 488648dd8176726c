//! Laws of evaluation, on generated expressions. None of them needs Terraform.

use terraform_values::{Budget, Hole, Value, evaluate};

use crate::common::{number_of, parse};
use crate::generator::{Grammar, Random, Writer};
use crate::hide::hide;
use crate::operands::{names, operands, rules};

/// Expressions that each law is tried on, where `VALUES_EXPRESSIONS` says nothing else: about a second.
const EXPRESSIONS: usize = 3_000;

fn expressions(seed: usize) -> impl Iterator<Item = String> {
    let (count, seed) = (number_of("VALUES_EXPRESSIONS", EXPRESSIONS), number_of("VALUES_SEED", seed));
    let grammar: &'static Grammar = Box::leak(Box::new(Grammar::read()));
    let mut writer = Writer::new(grammar, seed as u64, rules(&operands()));
    (0..count).map(move |at| writer.write("X", 2 + at % 4))
}

/// Replacing an operand by a superset gives a superset.
#[test]
fn wider_operands_give_wider_results() {
    let mut random = Random(7);
    let (mut compared, mut wrong) = (0, Vec::new());
    for expression in expressions(1) {
        // What is surely refused may be refused with wider operands.
        let expression =
            if random.below(2) == 0 { format!("try({expression}, \"refused\")") } else { expression };
        let parsed = parse(&expression);
        let known = evaluate(&parsed, &names(&operands()), &Budget::default());
        if !known.is_known() {
            continue;
        }
        let mut wider = operands();
        for (name, _, value) in &mut wider {
            if random.below(2) == 0 {
                *value = hide(value, name, &mut random);
            }
        }
        compared += 1;
        let result = evaluate(&parsed, &names(&wider), &Budget::default());
        if !result.admits(&known) {
            wrong.push(format!("{expression}\n    is {known}\n    and not {result}"));
        }
    }
    assert!(compared > number_of("VALUES_EXPRESSIONS", EXPRESSIONS) / 2, "{compared} have a known value");
    assert!(wrong.is_empty(), "{} of {compared}\n{}", wrong.len(), wrong.join("\n"));
}

/// A budget that ends early gives a superset of what a larger one gives.
#[test]
fn smaller_budgets_give_wider_results() {
    let mut random = Random(8);
    for expression in expressions(2) {
        let parsed = parse(&expression);
        let known = evaluate(&parsed, &names(&operands()), &Budget::default());
        let short = evaluate(&parsed, &names(&operands()), &Budget::of_steps(random.below(40)));
        assert!(
            !known.is_known() || short.admits(&known),
            "{expression}\n    is {known}\n    and not {short}"
        );
    }
}

/// What is anything may be any value, so nothing follows from it but that.
#[test]
fn anything_admits_every_operand() {
    let anything = Value::anything(Hole::unknown("x"));
    assert!(operands().iter().all(|(_, _, value)| anything.admits(value) && value.admits(value)));
}
