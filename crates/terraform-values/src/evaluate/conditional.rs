//! `condition ? a : b`.
//!
//! Terraform evaluates both branches and converts the one that it takes to the type that both have in common, so the
//! branch that is not taken matters too. Its errors do not, but where it has one, its type is not known.

use hcl_edit::expr::Conditional;

use super::Evaluator;
use super::operator::to_bool;
use crate::outcome::Outcome;
use crate::types::{Type, Unified, convert, loosen, unify};
use crate::value::Value;

impl Evaluator<'_> {
    pub(super) fn evaluate_conditional(&self, conditional: &Conditional) -> Outcome {
        let condition = self.evaluate(&conditional.cond_expr).and_then(to_bool);
        let Some(truth) = condition.value() else { return Outcome::FAILS };
        let (yes, no) = (self.evaluate(&conditional.true_expr), self.evaluate(&conditional.false_expr));
        let taken = truth.alternatives().iter().map(|truth| match truth.as_bool() {
            Some(true) => convert_branch(&yes, &no),
            Some(false) => convert_branch(&no, &yes),
            None => Outcome::FAILS,
        });
        let outcome = Outcome::one_of(taken.collect()).with_marks(&truth.all_marks());
        if condition.may_fail() { outcome.or_failure() } else { outcome }
    }
}

/// The branch that is taken, converted to what it has in common with the other.
fn convert_branch(taken: &Outcome, other: &Outcome) -> Outcome {
    let Some(value) = taken.value() else { return Outcome::FAILS };
    let mut outcomes = Vec::new();
    if other.may_fail() {
        outcomes.push(Outcome::from(loosen(value)).or_failure());
    }
    let others = other.value().map(Value::alternatives).unwrap_or_default();
    // Alternatives of one type convert alike.
    let mut types: Vec<Type> = Vec::new();
    for other_type in others.iter().map(Type::of) {
        if !types.contains(&other_type) {
            types.push(other_type);
        }
    }
    for alternative in value.alternatives() {
        let own = Type::of(alternative);
        outcomes.extend(types.iter().map(|other| convert_alternative(alternative, &own, other)));
    }
    let outcome = Outcome::one_of(outcomes).with_marks(value.marks());
    if taken.may_fail() { outcome.or_failure() } else { outcome }
}

fn convert_alternative(value: &Value, own: &Type, other: &Type) -> Outcome {
    match (own, other) {
        (Type::Dynamic, Type::Dynamic) => value.clone().into(),
        (Type::Dynamic, _) => convert(value, other),
        (_, Type::Dynamic) => value.clone().into(),
        _ => match unify(&[own.clone(), other.clone()]) {
            Unified::Type(common) => convert(value, &common),
            Unified::Unsure => Outcome::from(loosen(value)).or_failure(),
            Unified::None => Outcome::FAILS,
        },
    }
}
