//! Functions that take the first argument that there is.

use super::call::{Answer, Call};
use super::refusal::Refusal;
use super::text_parts;
use crate::types::{Type, Unified, loosen, unify};
use crate::value::sequence::SequenceKind;
use crate::value::{NullType, Shape, Value};

/// Whether `coalesce` takes a value, skips it, or may do either.
fn is_taken(value: &Value) -> Option<bool> {
    match &value.shape {
        Shape::Null(_) => Some(false),
        Shape::Text(text) => match text.as_known() {
            Some(known) => Some(!known.is_empty()),
            None if text_parts::is_surely_nonempty(text) => Some(true),
            None => None,
        },
        Shape::Anything(_) => None,
        Shape::Bool(_) | Shape::Number(_) | Shape::Sequence(_) | Shape::Mapping(_) => Some(true),
        Shape::OneOf(alternatives) => {
            let mut answers = alternatives.iter().map(is_taken);
            let first = answers.next()?;
            if answers.all(|answer| answer == first) { first } else { None }
        }
    }
}

/// `coalesce`.
pub(super) fn coalesce(call: &Call<'_>) -> Answer {
    let types: Vec<Type> = call.arguments.iter().map(Type::of).collect();
    let unified = unify(&types);
    let mut taken = Vec::new();
    for argument in call.arguments {
        let converted = match &unified {
            Unified::Type(wanted) => call.convert(argument, wanted)?,
            Unified::Unsure => loosen(argument),
            Unified::None => return Err(Refusal::Fails),
        };
        let choices = converted.alternatives().iter();
        taken.extend(choices.filter(|one| is_taken(one) != Some(false)).cloned());
        if is_taken(&converted) == Some(true) {
            if unified == Unified::Unsure {
                // Whether the types go together is not known.
                call.note_doubt();
            }
            return Ok(Value::one_of(taken));
        }
    }
    if taken.is_empty() {
        return Err(Refusal::Fails);
    }
    call.note_doubt();
    Ok(Value::one_of(taken))
}

/// `coalescelist`.
pub(super) fn coalesce_list(call: &Call<'_>) -> Answer {
    let mut taken = Vec::new();
    let mut is_decided = false;
    for argument in call.arguments {
        let is_empty = is_empty_list(call, argument)?;
        if is_empty != Some(true) && !is_decided {
            taken.push(argument.clone());
        }
        // Those behind the one that is taken have to be lists too.
        is_decided |= is_empty == Some(false);
    }
    if taken.is_empty() {
        return Err(Refusal::Fails);
    }
    if !is_decided {
        call.note_doubt();
    }
    Ok(Value::one_of(taken))
}

/// Whether a list or tuple is null or empty. Everything else is refused, but where an argument before it is not known.
fn is_empty_list(call: &Call<'_>, argument: &Value) -> Result<Option<bool>, Refusal> {
    match &argument.shape {
        Shape::Null(null) => match null {
            NullType::Unsure => {
                call.note_doubt();
                Ok(Some(true))
            }
            NullType::Of(of) if matches!(**of, Type::List(_) | Type::Tuple(_)) => Ok(Some(true)),
            NullType::None | NullType::Of(_) => Err(Refusal::Fails),
        },
        Shape::Anything(_) => {
            call.note_doubt();
            Ok(None)
        }
        Shape::Sequence(sequence) => {
            match sequence.kind() {
                SequenceKind::Set => return Err(Refusal::Fails),
                SequenceKind::Unsure => call.note_doubt(),
                SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple => {}
            }
            Ok(match (sequence.items().is_empty(), sequence.rest()) {
                (false, _) => Some(false),
                (true, None) => Some(true),
                (true, Some(_)) => None,
            })
        }
        Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::Mapping(_) | Shape::OneOf(_) => {
            Err(Refusal::Fails)
        }
    }
}
