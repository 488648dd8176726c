//! What a value may become where its type is unified with one that is not known.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::value::mapping::{Mapping, MappingKind};
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::{Shape, Value};

/// Members of which any may be lost without it being forgotten which name has which value, at most. They make four objects;
/// with the whole as an object and as a map, two such values have fewer combinations than a value may have alternatives.
const MAX_NAMED: usize = 2;

/// Where the value stands in what is converted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Whole,
    /// In a list, set, map or object. There, an object may lose the attributes that the other side's objects lack.
    Member,
}

/// Returns all that a conversion of [`super::unify()`] may make of a value: itself, its text, a list or set of such
/// elements, a map of such members.
pub fn loosen(value: &Value) -> Value {
    loosen_at(value, Place::Whole)
}

/// The same for an element of what is converted.
pub(super) fn loosen_element(value: &Value) -> Value {
    loosen_at(value, Place::Member)
}

fn loosen_at(value: &Value, place: Place) -> Value {
    let loosened = match &value.shape {
        Shape::Anything(_) | Shape::Text(_) => return value.clone(),
        Shape::Null(_) => Value::NULL,
        Shape::Bool(_) | Shape::Number(_) => {
            let text = super::convert_text(value).map(|(text, _)| Value::from(text));
            Value::one_of([Some(value.clone()), text].into_iter().flatten().collect())
        }
        Shape::OneOf(alternatives) => {
            Value::one_of(alternatives.iter().map(|alternative| loosen_at(alternative, place)).collect())
        }
        Shape::Sequence(sequence) => loosen_sequence(sequence),
        Shape::Mapping(mapping) => loosen_mapping(mapping, place),
    };
    loosened.with_marks(&value.marks)
}

fn loosen_mapping(mapping: &Mapping, place: Place) -> Value {
    let members: BTreeMap<_, _> =
        mapping.members.iter().map(|(name, member)| (name.clone(), loosen_element(member))).collect();
    let rest = mapping.rest.as_ref().map(loosen_element);
    let open = mapping.convert_open(|member| Some(loosen_element(member)));
    let of = |kind| Value::open_mapping(kind, members.clone(), open.clone(), rest.clone());
    let mut all = match mapping.kind {
        MappingKind::Object => vec![of(MappingKind::Object), of(MappingKind::Map)],
        kind @ (MappingKind::Map | MappingKind::Unsure) => vec![of(kind)],
    };
    let loses_members = place == Place::Member || mapping.kind != MappingKind::Object;
    let any: Vec<Value> = members.values().chain(&rest).cloned().collect();
    if loses_members && !any.is_empty() {
        if rest.is_none() && open.is_empty() && members.len() <= MAX_NAMED {
            all.extend(list_smaller_objects(&members));
        } else {
            all.push(Value::members(MappingKind::Object, Value::one_of(any)));
        }
    }
    Value::one_of(all)
}

/// The object of these members, and every object that has only some of them.
fn list_smaller_objects(members: &BTreeMap<Arc<str>, Value>) -> Vec<Value> {
    let mut chosen = vec![BTreeMap::new()];
    for (name, member) in members {
        let with = |some: &BTreeMap<_, _>| {
            let mut more = some.clone();
            more.insert(name.clone(), member.clone());
            more
        };
        let longer: Vec<_> = chosen.iter().map(with).collect();
        chosen.extend(longer);
    }
    chosen.into_iter().map(|some| Value::mapping(MappingKind::Object, some, None)).collect()
}

fn loosen_sequence(sequence: &Sequence) -> Value {
    let items: Vec<Value> = sequence.items.iter().map(loosen_element).collect();
    let rest = sequence.rest.as_ref().map(loosen_element);
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
