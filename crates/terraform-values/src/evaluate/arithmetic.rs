//! Arithmetic and order of numbers.
//!
//! Terraform computes with binary floats of 512 bits. The result here is known where those give the exact one: for whole
//! numbers and fractions over a power of two. Everything else is a number that is not known.

use std::cmp::Ordering;

use bigdecimal::num_bigint::BigInt;
use bigdecimal::{BigDecimal, Signed as _, Zero as _};

use crate::outcome::Outcome;
use crate::value::Value;
use crate::value::hole::{Hole, HoleShape};
use crate::value::number::Number;

/// An operator on two numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// Returns the number with the other sign. Terraform has a negative zero, whose text is `-0`; it is not known here.
pub(super) fn negate(number: &Number) -> Outcome {
    let negative = Number::new(-number.value()).filter(|number| !number.is_zero());
    negative.map_or_else(inexact, |number| Value::from(number).into())
}

/// Applies an operator to two operands that are numbers, or anything.
pub(super) fn compute(operator: Arithmetic, left: &Value, right: &Value) -> Outcome {
    let (Some(one), Some(other)) = (left.as_number(), right.as_number()) else {
        let unknown = if left.as_number().is_some() { right } else { left };
        return Value::anything(unknown.hole("arithmetic", HoleShape::Any)).into();
    };
    if !one.is_binary() || !other.is_binary() {
        return inexact();
    }
    let (one, other) = (one.value(), other.value());
    let exact = match operator {
        Arithmetic::Add => Some(one + other),
        Arithmetic::Subtract => Some(one - other),
        Arithmetic::Multiply => Some(one * other),
        // By zero, Terraform gives an infinite number, the dividend, or refuses.
        Arithmetic::Divide | Arithmetic::Remainder if other.is_zero() => return inexact().or_failure(),
        Arithmetic::Divide => divide(one, other),
        Arithmetic::Remainder => Some(one - (truncated_quotient(one, other) * other)),
    };
    let is_signed_zero = |number: &Number| {
        let has_sign = matches!(operator, Arithmetic::Multiply | Arithmetic::Divide);
        number.is_zero() && has_sign && (one.is_negative() || other.is_negative())
    };
    match exact.and_then(Number::new).filter(|number| number.is_binary() && !is_signed_zero(number)) {
        Some(number) => Value::from(number).into(),
        None => inexact(),
    }
}

fn inexact() -> Outcome {
    Value::anything(Hole::unreadable("a number that is not exact")).into()
}

/// Both as whole numbers, by the same factor.
fn scale(one: &BigDecimal, other: &BigDecimal) -> (BigInt, BigInt) {
    let scale = one.fractional_digit_count().max(other.fractional_digit_count()).max(0);
    let whole = |number: &BigDecimal| number.with_scale(scale).into_bigint_and_scale().0;
    (whole(one), whole(other))
}

/// The quotient, where it is a whole number over a power of two.
fn divide(one: &BigDecimal, other: &BigDecimal) -> Option<BigDecimal> {
    // A divisor of the dividend leaves a fraction over a power of two that is at most its own.
    let (one, other) = scale(one, other);
    let shift = u32::try_from(other.trailing_zeros().unwrap_or_default().min(MAX_SHIFT)).ok()?;
    let factor = BigInt::from(2).pow(shift);
    let shifted = &one * &factor;
    if !(&shifted % &other).is_zero() {
        return None;
    }
    let halves = BigDecimal::from(5).powi(i64::from(shift)) * BigDecimal::new(1.into(), i64::from(shift));
    Some(BigDecimal::from(shifted / other) * halves)
}

/// Binary digits after the point of a quotient, at most; far fewer than a number may have.
const MAX_SHIFT: u64 = 64;

fn truncated_quotient(one: &BigDecimal, other: &BigDecimal) -> BigDecimal {
    let (one, other) = scale(one, other);
    BigDecimal::from(one / other)
}

/// Compares two operands that are numbers, or anything.
pub(super) fn compare(left: &Value, right: &Value, accepts: fn(Ordering) -> bool) -> Outcome {
    match (left.as_number(), right.as_number()) {
        (Some(left), Some(right)) => Value::from(accepts(left.compare(right))).into(),
        _ => Value::any_bool().into(),
    }
}
