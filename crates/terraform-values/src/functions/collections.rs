//! Functions of collections that select or ask: `length`, `element`, `contains`, `one`.

use super::call::{Answer, Call};
use super::refusal::Refusal;
use super::strings;
use crate::value::equality::is_equal;
use crate::value::hole::HoleShape;
use crate::value::marks::Marks;
use crate::value::number::Number;
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::{Shape, Value};

/// A length that may be any of so many numbers is told number by number; more say nothing useful.
const MAX_LENGTHS: usize = 8;

/// `length`.
pub(super) fn length(call: &Call<'_>) -> Answer {
    match &call.argument(0)?.shape {
        Shape::Text(text) => Ok(strings::length(call, text)),
        Shape::Sequence(sequence) => {
            // How many members a set has depends on what they are.
            let counts_members = matches!(sequence.kind(), SequenceKind::Set | SequenceKind::Unsure);
            let marks = if counts_members { call.argument(0)?.all_marks() } else { Marks::NONE };
            Ok(sequence_length(call, sequence).with_marks(&marks))
        }
        Shape::Mapping(mapping) if mapping.rest().is_none() => {
            Ok(Number::from(mapping.members().len()).into())
        }
        Shape::Mapping(_) => Ok(any_number(call)),
        Shape::Anything(_) | Shape::OneOf(_) => {
            call.note_doubt();
            Ok(any_number(call))
        }
        Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) => Err(Refusal::Fails),
    }
}

/// A number of which no more is known than that it is a whole one.
fn any_number(call: &Call<'_>) -> Value {
    Value::anything(call.hole(HoleShape::Word))
}

fn sequence_length(call: &Call<'_>, sequence: &Sequence) -> Value {
    let most = sequence.items().len();
    match sequence.exact_len() {
        Some(length) => Number::from(length).into(),
        // Members of a set may coincide.
        None if sequence.rest().is_none() && most <= MAX_LENGTHS => {
            Value::one_of((1..=most).map(|length| Number::from(length).into()).collect())
        }
        None => any_number(call),
    }
}

/// `element`.
pub(super) fn element(call: &Call<'_>) -> Answer {
    let sequence = call.sequence(0)?;
    match sequence.kind() {
        SequenceKind::Set => return Err(Refusal::Fails),
        SequenceKind::Unsure => call.note_doubt(),
        SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple => {}
    }
    let any = || {
        call.note_doubt();
        sequence.element().ok_or(Refusal::Fails)
    };
    let at = match call.whole(1) {
        Err(Refusal::Unread) => return any(),
        at => at?,
    };
    if at < 0 {
        // Terraform before 1.12 refuses; later ones count from the end.
        call.note_doubt();
    }
    let Some(length) =
        sequence.exact_len().or_else(|| (sequence.rest().is_none()).then_some(sequence.items().len()))
    else {
        // The list may be longer than what is known of it, so a place within is surely that place.
        let known = usize::try_from(at).ok().and_then(|at| sequence.items().get(at));
        return known.cloned().map_or_else(any, Ok);
    };
    let length = i64::try_from(length).map_err(|_| Refusal::Unread)?;
    if length == 0 {
        return Err(Refusal::Fails);
    }
    let at = usize::try_from(at.rem_euclid(length)).map_err(|_| Refusal::Unread)?;
    sequence.items().get(at).cloned().ok_or(Refusal::Fails)
}

/// `contains`.
pub(super) fn contains(call: &Call<'_>) -> Answer {
    let (sequence, wanted) = (call.sequence(0)?, call.argument(1)?);
    if wanted.is_null() {
        // Terraform before 1.16 refuses.
        call.note_doubt();
        return Ok(Value::any_bool());
    }
    if wanted.may_be_null() {
        call.note_doubt();
    }
    let answers: Vec<Option<bool>> = sequence.items().iter().map(|item| is_equal(item, wanted)).collect();
    if answers.contains(&Some(true)) {
        return Ok(true.into());
    }
    let rest = sequence.rest().map(|rest| is_equal(rest, wanted));
    let is_excluded = answers.iter().chain(&rest).all(|answer| *answer == Some(false));
    Ok(if is_excluded { false.into() } else { Value::any_bool() })
}

/// `one`.
pub(super) fn one(call: &Call<'_>) -> Answer {
    let sequence = call.sequence(0)?;
    match (sequence.items(), sequence.rest()) {
        ([], None) => Ok(Value::NULL),
        ([only], None) => Ok(only.clone()),
        ([], Some(rest)) => {
            call.note_doubt();
            Ok(Value::one_of(vec![Value::NULL, rest.clone()]))
        }
        ([only], Some(_)) => {
            call.note_doubt();
            Ok(only.clone())
        }
        // Members of a set may coincide.
        (items, _)
            if sequence.exact_len().is_none()
                && !matches!(sequence.kind(), SequenceKind::Tuple | SequenceKind::List) =>
        {
            call.note_doubt();
            Ok(Value::one_of(items.to_vec()))
        }
        _ => Err(Refusal::Fails),
    }
}
