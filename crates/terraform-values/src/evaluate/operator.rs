//! Operators: `-a`, `!a`, `a + b`, `a < b`, `a == b`, `a && b`.
//!
//! Terraform evaluates both operands of `&&` and `||`, and an error of either is an error of the whole; from 1.12 on, an
//! error on the right does not count where the left side decides. So there the result is both.

use hcl_edit::expr::{BinaryOp, BinaryOperator, UnaryOp, UnaryOperator};

use super::arithmetic::{Arithmetic, compute, negate};
use super::{Evaluator, arithmetic};
use crate::outcome::Outcome;
use crate::types::{Type, convert};
use crate::value::Value;
use crate::value::equality::is_equal;
use crate::value::hole::HoleShape;

/// A value as a truth value; null and what cannot be converted is refused.
pub(super) fn to_bool(value: Value) -> Outcome {
    let not_null = |value: Value| {
        if value.is_null() {
            Outcome::FAILS
        } else if value.is_anything() {
            Outcome::from(Value::any_bool()).or_failure().with_marks(value.marks())
        } else {
            value.into()
        }
    };
    convert(&value, &Type::Bool).and_then(|value| {
        Outcome::one_of(value.alternatives().iter().cloned().map(not_null).collect())
            .with_marks(value.marks())
    })
}

/// A value as a number; null and what cannot be converted is refused. What is not known stays anything.
fn to_number(value: Value) -> Outcome {
    let not_null = |value: Value| if value.is_null() { Outcome::FAILS } else { value.into() };
    convert(&value, &Type::Number).and_then(|value| {
        Outcome::one_of(value.alternatives().iter().cloned().map(not_null).collect())
            .with_marks(value.marks())
    })
}

impl Evaluator<'_> {
    pub(super) fn evaluate_unary(&self, operation: &UnaryOp) -> Outcome {
        let operand = self.evaluate(&operation.expr);
        match operation.operator.value() {
            UnaryOperator::Neg => operand.and_then(to_number).and_then(|operand| {
                Value::for_each_choice(&[operand], |choice| match choice {
                    [one] => match one.as_number() {
                        Some(number) => negate(number),
                        None => Value::anything(one.hole("-", HoleShape::Any)).into(),
                    },
                    _ => Outcome::FAILS,
                })
            }),
            UnaryOperator::Not => operand.and_then(to_bool).and_then(|operand| {
                Value::for_each_choice(&[operand], |choice| match choice {
                    [one] => one.as_bool().map_or(Outcome::FAILS, |truth| Value::from(!truth).into()),
                    _ => Outcome::FAILS,
                })
            }),
        }
    }

    pub(super) fn evaluate_binary(&self, operation: &BinaryOp) -> Outcome {
        let left = self.evaluate(&operation.lhs_expr);
        let right = self.evaluate(&operation.rhs_expr);
        let arithmetic =
            |operator| combine(&left, &right, to_number, |left, right| compute(operator, left, right));
        let compare = |accepts: fn(std::cmp::Ordering) -> bool| {
            combine(&left, &right, to_number, |left, right| arithmetic::compare(left, right, accepts))
        };
        let equality = |wanted: bool| {
            combine(&left, &right, Outcome::from, |left, right| {
                let marks = [left.all_marks(), right.all_marks()];
                let truth =
                    is_equal(left, right).map_or_else(Value::any_bool, |equal| (equal == wanted).into());
                marks.iter().fold(truth, Value::with_marks).into()
            })
        };
        match operation.operator.value() {
            BinaryOperator::Eq => equality(true),
            BinaryOperator::NotEq => equality(false),
            BinaryOperator::LessEq => compare(std::cmp::Ordering::is_le),
            BinaryOperator::GreaterEq => compare(std::cmp::Ordering::is_ge),
            BinaryOperator::Less => compare(std::cmp::Ordering::is_lt),
            BinaryOperator::Greater => compare(std::cmp::Ordering::is_gt),
            BinaryOperator::Plus => arithmetic(Arithmetic::Add),
            BinaryOperator::Minus => arithmetic(Arithmetic::Subtract),
            BinaryOperator::Mul => arithmetic(Arithmetic::Multiply),
            BinaryOperator::Div => arithmetic(Arithmetic::Divide),
            BinaryOperator::Mod => arithmetic(Arithmetic::Remainder),
            BinaryOperator::And => logic(&left, &right, false),
            BinaryOperator::Or => logic(&left, &right, true),
        }
    }
}

/// `&&`, which `false` decides, and `||`, which `true` decides.
fn logic(left: &Outcome, right: &Outcome, decisive: bool) -> Outcome {
    let combined = combine(left, right, to_bool, |left, right| match (left.as_bool(), right.as_bool()) {
        (Some(left), Some(right)) if left == decisive || right == decisive => Value::from(decisive).into(),
        (Some(_), Some(_)) => Value::from(!decisive).into(),
        _ => Outcome::FAILS,
    });
    let left = left.clone().and_then(to_bool);
    let decides =
        left.value().filter(|left| left.alternatives().iter().any(|one| one.as_bool() == Some(decisive)));
    match decides {
        Some(left) if combined.may_fail() => {
            let decided = Outcome::from(Value::from(decisive)).with_marks(&left.all_marks());
            Outcome::one_of(vec![decided, combined])
        }
        _ => combined,
    }
}

/// An operation on two operands that are converted first.
fn combine(
    left: &Outcome,
    right: &Outcome,
    convert: fn(Value) -> Outcome,
    operation: impl Fn(&Value, &Value) -> Outcome,
) -> Outcome {
    let (left, right) = (left.clone().and_then(convert), right.clone().and_then(convert));
    let may_fail = left.may_fail() || right.may_fail();
    let (Some(left), Some(right)) = (left.value(), right.value()) else { return Outcome::FAILS };
    let outcome = Value::for_each_choice(&[left.clone(), right.clone()], |choice| match choice {
        [left, right] => operation(left, right),
        _ => Outcome::FAILS,
    });
    if may_fail { outcome.or_failure() } else { outcome }
}
