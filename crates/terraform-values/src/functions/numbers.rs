//! Functions of numbers.

use bigdecimal::{BigDecimal, RoundingMode, Signed as _, ToPrimitive as _};

use super::call::{Answer, Call};
use super::digits;
use super::refusal::Refusal;
use crate::value::Value;
use crate::value::equality::is_equal;
use crate::value::number::Number;
use crate::value::sequence::SequenceKind;

fn finish(value: BigDecimal) -> Answer {
    Number::new(value).map(Value::from).ok_or(Refusal::Unread)
}

/// `abs`.
pub(super) fn absolute(call: &Call<'_>) -> Answer {
    finish(call.number(0)?.value().abs())
}

/// `ceil`.
pub(super) fn ceiling(call: &Call<'_>) -> Answer {
    finish(call.number(0)?.value().with_scale_round(0, RoundingMode::Ceiling))
}

/// `floor`.
pub(super) fn floor(call: &Call<'_>) -> Answer {
    finish(call.number(0)?.value().with_scale_round(0, RoundingMode::Floor))
}

/// `signum`.
pub(super) fn sign(call: &Call<'_>) -> Answer {
    // Terraform takes whole numbers only.
    call.whole(0).map(|number| Number::from(number.signum()).into())
}

/// `max`.
pub(super) fn largest(call: &Call<'_>) -> Answer {
    extreme(call, |one, other| one.compare(other).is_gt())
}

/// `min`.
pub(super) fn smallest(call: &Call<'_>) -> Answer {
    extreme(call, |one, other| one.compare(other).is_lt())
}

fn extreme(call: &Call<'_>, is_better: impl Fn(&Number, &Number) -> bool) -> Answer {
    let mut best: Option<Number> = None;
    for argument in call.arguments {
        let number = call.number_of(argument)?;
        if best.as_ref().is_none_or(|best| is_better(&number, best)) {
            best = Some(number);
        }
    }
    best.map(Value::from).ok_or(Refusal::Fails)
}

/// `sum`.
pub(super) fn sum(call: &Call<'_>) -> Answer {
    let sequence = call.sequence(0)?;
    if sequence.rest().is_some() || sequence.exact_len().is_none() {
        return Err(Refusal::Unread);
    }
    if sequence.items().is_empty() {
        return Err(Refusal::Fails);
    }
    let mut total: Option<Number> = None;
    for item in sequence.items() {
        let number = call.number_of(item)?;
        total = Some(match total {
            // A single number is itself; sums are exact where binary digits hold the operands.
            None => number,
            Some(total) if total.is_binary() && number.is_binary() => {
                Number::new(total.value() + number.value()).ok_or(Refusal::Unread)?
            }
            Some(_) => return Err(Refusal::Unread),
        });
    }
    total.map(Value::from).ok_or(Refusal::Fails)
}

/// `parseint`.
pub(super) fn parse_whole(call: &Call<'_>) -> Answer {
    // Terraform takes a text only; a number as the first argument is refused.
    let argument = call.argument(0)?;
    if argument.as_number().is_some() || argument.as_bool().is_some() {
        return Err(Refusal::Fails);
    }
    digits::parse_whole(&call.known(0)?, call.whole(1)?).map(Value::from)
}

/// The largest power that is worked out: more has more digits than a number keeps.
const MAX_EXPONENT: i64 = 512;

/// A double holds whole numbers below this exactly.
const MAX_DOUBLE_WHOLE: i64 = 1 << 53;

/// `pow`, of whole numbers: Terraform computes in doubles.
pub(super) fn power(call: &Call<'_>) -> Answer {
    let (base, exponent) = (call.number(0)?, call.number(1)?);
    let (Some(base), Some(exponent)) = (base.to_i64(), exponent.to_i64()) else {
        return Err(Refusal::Unread);
    };
    if !(0..=MAX_EXPONENT).contains(&exponent) {
        return Err(Refusal::Unread);
    }
    let exponent = u32::try_from(exponent).map_err(|_| Refusal::Unread)?;
    let result = base.checked_pow(exponent).filter(|result| result.abs() < MAX_DOUBLE_WHOLE);
    result.map(|result| Number::from(result).into()).ok_or(Refusal::Unread)
}

/// `log`, where the result is a whole number.
pub(super) fn logarithm(call: &Call<'_>) -> Answer {
    let (number, base) = (call.number(0)?, call.number(1)?);
    let one = number.value().to_f64().ok_or(Refusal::Unread)?;
    let other = base.value().to_f64().ok_or(Refusal::Unread)?;
    // Doubles of two libraries may differ in their last digit.
    if one.to_bits() == 1.0_f64.to_bits() && other > 1.0 {
        Ok(Number::from(0_i64).into())
    } else {
        Err(Refusal::Unread)
    }
}

/// The longest list that `range` makes.
const MAX_RANGE: usize = 1_024;

/// `range`.
pub(super) fn range(call: &Call<'_>) -> Answer {
    let numbers: Result<Vec<Number>, Refusal> =
        call.arguments.iter().map(|one| call.number_of(one)).collect();
    let numbers = match numbers {
        Err(Refusal::Unread) => {
            return Ok(Value::elements(
                SequenceKind::List,
                Value::anything(call.hole(crate::HoleShape::Word)),
            ));
        }
        numbers => numbers?,
    };
    let zero = Number::from(0_i64);
    let (start, end) = match numbers.as_slice() {
        [end] => (zero.clone(), end.clone()),
        [start, end, ..] => (start.clone(), end.clone()),
        [] => return Err(Refusal::Fails),
    };
    let step = match numbers.get(2) {
        Some(step) => step.clone(),
        None => Number::from(if end.compare(&start).is_lt() { -1_i64 } else { 1 }),
    };
    let goes_down = step.compare(&zero).is_lt();
    let is_wrong_way = if goes_down { end.compare(&start).is_gt() } else { end.compare(&start).is_lt() };
    if step.is_zero() || is_wrong_way {
        return Err(Refusal::Fails);
    }
    if numbers.len() == 3 && ![&start, &step].iter().all(|number| number.is_binary()) {
        return Err(Refusal::Unread);
    }
    let mut items = Vec::new();
    let mut next = start;
    while if goes_down { next.compare(&end).is_gt() } else { next.compare(&end).is_lt() } {
        if items.len() >= MAX_RANGE {
            return Err(Refusal::Fails);
        }
        items.push(next.clone().into());
        next = Number::new(next.value() + step.value()).ok_or(Refusal::Unread)?;
    }
    Ok(Value::list(items))
}

/// `index`.
pub(super) fn index(call: &Call<'_>) -> Answer {
    let sequence = call.sequence(0)?;
    let wanted = call.argument(1)?;
    if wanted.is_null() || sequence.is_set() {
        return Err(Refusal::Fails);
    }
    if sequence.kind() == SequenceKind::Unsure {
        call.note_doubt();
    }
    for (at, item) in sequence.items().iter().enumerate() {
        match is_equal(item, wanted) {
            Some(true) => return Ok(Number::from(at).into()),
            Some(false) => {}
            None => return Err(Refusal::Unread),
        }
    }
    if sequence.rest().is_some() { Err(Refusal::Unread) } else { Err(Refusal::Fails) }
}
