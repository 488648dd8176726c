//! What a value may become where its type is unified with one that is not known.

use crate::value::mapping::MappingKind;
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::{Shape, Value};

/// Returns all that a conversion of [`super::unify()`] may make of a value: itself, its text, a list or set of such
/// elements, a map of such members.
pub fn loosen(value: &Value) -> Value {
    let loosened = match &value.shape {
        Shape::Anything(_) | Shape::Text(_) => return value.clone(),
        Shape::Null(_) => Value::NULL,
        Shape::Bool(_) | Shape::Number(_) => {
            let text = super::convert_text(value).map(|(text, _)| Value::from(text));
            Value::one_of([Some(value.clone()), text].into_iter().flatten().collect())
        }
        Shape::OneOf(alternatives) => Value::one_of(alternatives.iter().map(loosen).collect()),
        Shape::Sequence(sequence) => loosen_sequence(sequence),
        Shape::Mapping(mapping) => {
            let of = |kind| {
                let members = mapping.members.iter().map(|(name, member)| (name.clone(), loosen(member)));
                Value::mapping(kind, members.collect(), mapping.rest.as_ref().map(loosen))
            };
            match mapping.kind {
                MappingKind::Object => Value::one_of(vec![of(MappingKind::Object), of(MappingKind::Map)]),
                kind @ (MappingKind::Map | MappingKind::Unsure) => of(kind),
            }
        }
    };
    loosened.with_marks(&value.marks)
}

fn loosen_sequence(sequence: &Sequence) -> Value {
    let items: Vec<Value> = sequence.items.iter().map(loosen).collect();
    let rest = sequence.rest.as_ref().map(loosen);
    let of = |kind| Value::sequence(kind, items.clone(), rest.clone());
    let in_any_order = || {
        let all: Vec<Value> = items.iter().chain(&rest).cloned().collect();
        Value::elements(SequenceKind::Unsure, Value::one_of(all))
    };
    let is_text = || sequence.items.iter().all(|item| matches!(item.shape, Shape::Text(_)));
    match sequence.kind {
        SequenceKind::Set if !sequence.is_ordered() => in_any_order(),
        SequenceKind::Tuple | SequenceKind::ListOrTuple => {
            Value::one_of(vec![of(sequence.kind), of(SequenceKind::List), of(SequenceKind::Set)])
        }
        SequenceKind::List => Value::one_of(vec![of(SequenceKind::List), of(SequenceKind::Set)]),
        // The order of a set of numbers is another one when they are texts.
        SequenceKind::Set | SequenceKind::Unsure if items.len() < 2 || is_text() => of(SequenceKind::Unsure),
        SequenceKind::Set | SequenceKind::Unsure => {
            Value::one_of(vec![of(SequenceKind::Unsure), in_any_order()])
        }
    }
}
