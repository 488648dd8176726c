//! Functions that take the first argument that there is.

use super::call::{Answer, Call};
use super::refusal::Refusal;
use super::text_parts;
use crate::types::{Type, Unified, loosen, unify};
use crate::value::sequence::SequenceKind;
use crate::value::{Shape, Value};

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
    for argument in call.arguments {
        let is_empty = match &argument.shape {
            Shape::Null(_) => {
                // A null that is known not to be a list is refused.
                call.note_doubt();
                Some(true)
            }
            Shape::Anything(_) => {
                call.note_doubt();
                None
            }
            Shape::Sequence(sequence) => {
                match sequence.kind() {
                    SequenceKind::Set => return Err(Refusal::Fails),
                    SequenceKind::Unsure => call.note_doubt(),
                    SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple => {}
                }
                match (sequence.items().is_empty(), sequence.rest()) {
                    (false, _) => Some(false),
                    (true, None) => Some(true),
                    (true, Some(_)) => None,
                }
            }
            Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::Mapping(_) | Shape::OneOf(_) => {
                return Err(Refusal::Fails);
            }
        };
        if is_empty != Some(true) {
            taken.push(argument.clone());
        }
        if is_empty == Some(false) {
            return Ok(Value::one_of(taken));
        }
    }
    if taken.is_empty() {
        return Err(Refusal::Fails);
    }
    call.note_doubt();
    Ok(Value::one_of(taken))
}
