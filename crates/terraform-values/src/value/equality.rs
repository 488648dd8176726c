//! `a == b`: whether two values are equal, where that is known.
//!
//! Values of different types are not equal: neither `1` and `"1"` nor a tuple and a list.

use crate::value::mapping::Mapping;
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::text_equality::is_equal_text;
use crate::value::{NullType, Shape, Value};

/// Whether two values are equal for every choice of what is not known (`Some(true)`), for none, or for some (`None`).
pub(crate) fn is_equal(one: &Value, other: &Value) -> Option<bool> {
    match (&one.shape, &other.shape) {
        (Shape::Null(_), Shape::Null(_)) => Some(true),
        _ => is_equal_within(one, other),
    }
}

/// The same for two members, whose types count where they are null.
fn is_equal_within(one: &Value, other: &Value) -> Option<bool> {
    match (&one.shape, &other.shape) {
        (Shape::Anything(_), _) | (_, Shape::Anything(_)) => None,
        (Shape::OneOf(ones), _) => agree(ones.iter().map(|one| is_equal_within(one, other))),
        (_, Shape::OneOf(others)) => agree(others.iter().map(|other| is_equal_within(one, other))),
        (Shape::Null(NullType::Unsure), Shape::Null(_)) | (Shape::Null(_), Shape::Null(NullType::Unsure)) => {
            None
        }
        (Shape::Null(one), Shape::Null(other)) => Some(one == other),
        (Shape::Bool(one), Shape::Bool(other)) => Some(one == other),
        (Shape::Number(one), Shape::Number(other)) => Some(one == other),
        (Shape::Text(one), Shape::Text(other)) => is_equal_text(one, other),
        (Shape::Sequence(one), Shape::Sequence(other)) => is_equal_sequence(one, other),
        (Shape::Mapping(one), Shape::Mapping(other)) => is_equal_mapping(one, other),
        _ => Some(false),
    }
}

/// The answer that all give.
fn agree(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut answers = answers;
    let first = answers.next()?;
    if answers.all(|answer| answer == first) { first } else { None }
}

/// The answer for a whole whose parts are equal or not.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut whole = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => whole = None,
            Some(true) => {}
        }
    }
    whole
}

fn is_equal_sequence(one: &Sequence, other: &Sequence) -> Option<bool> {
    if !one.kind.may_be(other.kind) {
        return Some(false);
    }
    let is_sure =
        one.kind == other.kind && !matches!(one.kind, SequenceKind::Unsure | SequenceKind::ListOrTuple);
    let is_tuple = one.kind == SequenceKind::Tuple;
    if let (Some(length), Some(other_length)) = (one.exact_len(), other.exact_len())
        && one.is_ordered()
        && other.is_ordered()
    {
        if length != other_length {
            return Some(false);
        }
        let equal = all(one.items.iter().zip(&*other.items).map(|(one, other)| is_equal_within(one, other)));
        // Without elements, the types of the elements may differ.
        let may_differ = !is_sure || (length == 0 && !is_tuple);
        return if equal == Some(true) && may_differ { None } else { equal };
    }
    let is_longer = |long: &Sequence, short: &Sequence| {
        has_all_items(long) && short.rest.is_none() && short.items.len() < long.items.len()
    };
    if is_longer(one, other) || is_longer(other, one) { Some(false) } else { None }
}

/// Whether it has at least as many elements as `items`: those of a set may coincide.
fn has_all_items(sequence: &Sequence) -> bool {
    !matches!(sequence.kind, SequenceKind::Set | SequenceKind::Unsure)
}

fn is_equal_mapping(one: &Mapping, other: &Mapping) -> Option<bool> {
    if !one.kind.may_be(other.kind) {
        return Some(false);
    }
    let lacks = |less: &Mapping, more: &Mapping| {
        less.rest.is_none() && more.members.keys().any(|name| !less.members.contains_key(name))
    };
    if lacks(one, other) || lacks(other, one) {
        return Some(false);
    }
    let parts = one
        .members
        .iter()
        .filter_map(|(name, value)| other.members.get(name).map(|other| is_equal_within(value, other)));
    let equal = all(parts);
    let is_sure = one.kind == other.kind && one.kind != crate::value::mapping::MappingKind::Unsure;
    let has_open_type = one.members.is_empty() && one.kind != crate::value::mapping::MappingKind::Object;
    let is_open = one.rest.is_some() || other.rest.is_some() || !is_sure || has_open_type;
    if equal == Some(true) && is_open { None } else { equal }
}
