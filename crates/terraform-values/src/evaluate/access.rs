//! `a.b` and `a[k]`: what a value holds.

use std::sync::Arc;

use super::constructor::Key;
use crate::outcome::Outcome;
use crate::types::{Type, convert};
use crate::value::hole::join_path;
use crate::value::identity::Identity;
use crate::value::mapping::Mapping;
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::text::Text;
use crate::value::{Shape, Value};

/// The attribute of a value without alternatives.
pub(super) fn get_attribute(value: &Value, name: &str) -> Outcome {
    let step = format!(".{name}");
    match &value.shape {
        Shape::Anything(hole) => inherit(value, &step, Outcome::unsure(hole.step(&step))),
        Shape::Mapping(mapping) => inherit(value, &step, get_member(mapping, name)),
        Shape::Null(_)
        | Shape::Bool(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Sequence(_)
        | Shape::OneOf(_) => Outcome::FAILS,
    }
}

/// The element of a value under a key, both without alternatives.
pub(super) fn get_element(value: &Value, key: &Value) -> Outcome {
    if key.is_null() {
        return Outcome::FAILS;
    }
    match &value.shape {
        Shape::Anything(hole) => {
            let step = step_of(key);
            let words = step.as_deref().unwrap_or("[…]");
            let element =
                if step.is_some() { hole.step(words) } else { hole.computed(words, Default::default()) };
            let outcome = Outcome::unsure(element);
            if step.is_some() { inherit(value, words, outcome) } else { outcome }
        }
        Shape::Sequence(sequence) => get_item(value, sequence, key),
        Shape::Mapping(mapping) => {
            let Some(key) = Key::of(key) else { return Outcome::FAILS };
            match key.as_known() {
                Some(name) => inherit(value, &format!("[{name:?}]"), get_member(mapping, name)),
                None => {
                    let found =
                        mapping.members.iter().filter(|(name, _)| key.admits(name)).map(|(_, value)| value);
                    let others = key.texts.iter().filter_map(|name| mapping.other_at(name));
                    any_of(found.cloned().chain(others))
                }
            }
        }
        Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::OneOf(_) => {
            Outcome::FAILS
        }
    }
}

/// How a known key is written.
fn step_of(key: &Value) -> Option<String> {
    match &key.shape {
        Shape::Number(number) => Some(format!("[{number}]")),
        Shape::Text(text) => text.as_known().map(|text| format!("[{text:?}]")),
        Shape::Anything(_)
        | Shape::Null(_)
        | Shape::Bool(_)
        | Shape::Sequence(_)
        | Shape::Mapping(_)
        | Shape::OneOf(_) => None,
    }
}

fn get_member(mapping: &Mapping, name: &str) -> Outcome {
    match mapping.members.get(name) {
        Some(value) => value.clone().into(),
        None => any_of(mapping.other_at(&Text::known(name)).into_iter()),
    }
}

fn get_item(value: &Value, sequence: &Sequence, key: &Value) -> Outcome {
    if sequence.kind == SequenceKind::Set {
        return Outcome::FAILS;
    }
    let outcome = convert(key, &Type::Number).and_then(|key| {
        let any = || any_of(sequence.items.iter().chain(&sequence.rest).cloned());
        let Some(number) = key.as_number() else { return any() };
        let Some(at) = number.to_usize() else { return Outcome::FAILS };
        if !sequence.has_order() {
            return any();
        }
        match (sequence.items.get(at), &sequence.rest) {
            (Some(item), _) => inherit(value, &format!("[{at}]"), item.clone().into()),
            (None, Some(rest)) => Outcome::from(rest.clone()).or_failure(),
            (None, None) => Outcome::FAILS,
        }
    });
    if sequence.kind == SequenceKind::Unsure { outcome.or_failure() } else { outcome }
}

/// Any of these elements, or none.
fn any_of(elements: impl Iterator<Item = Value>) -> Outcome {
    let all: Vec<Value> = elements.collect();
    if all.is_empty() { Outcome::FAILS } else { Outcome::from(Value::one_of(all)).or_failure() }
}

/// A part of an attribute of an object is an attribute of that object.
fn inherit(whole: &Value, step: &str, part: Outcome) -> Outcome {
    let Some(identity) = whole.identity() else { return part };
    let attribute = Arc::from(join_path(&identity.attribute, step));
    let identity = Identity { address: identity.address.clone(), attribute };
    let may_fail = part.may_fail();
    let Some(value) = part.value() else { return part };
    let named = |value: &Value| match value.identity() {
        Some(_) => value.clone(),
        None => value.clone().with_identity(identity.clone()),
    };
    let value = Value::one_of(value.alternatives().iter().map(named).collect()).with_marks(value.marks());
    if may_fail { Outcome::from(value).or_failure() } else { value.into() }
}
