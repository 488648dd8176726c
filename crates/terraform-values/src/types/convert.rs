//! Conversion of a value to a type, as cty's `convert.Convert` does it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::loosen::loosen_element;
use super::unify::can_convert;
use super::{Type, Unified, unify};
use crate::outcome::Outcome;
use crate::value::hole::HoleShape;
use crate::value::mapping::{Mapping, MappingKind};
use crate::value::number::Number;
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::text::Text;
use crate::value::{NullType, Shape, Value};

/// Returns the value converted to a type. Elements of a list of [`Type::Dynamic`] get the type that all of them have in
/// common. Marks stay; identity stays where nothing is computed. Whether there is a conversion to a type that is not known
/// in all its parts is not known either.
pub fn convert(value: &Value, to: &Type) -> Outcome {
    let outcome = convert_alternatives(value, to);
    if to.is_certain() { outcome } else { outcome.or_failure() }
}

fn convert_alternatives(value: &Value, to: &Type) -> Outcome {
    if let (Shape::OneOf(alternatives), false) = (&value.shape, *to == Type::Unknown) {
        return Outcome::one_of(alternatives.iter().map(|alternative| convert(alternative, to)).collect());
    }
    let converted = convert_one(value, to);
    if converted.value().is_some_and(|converted| converted.shape == value.shape) {
        let same = Outcome::from(value.clone());
        return if converted.may_fail() { same.or_failure() } else { same };
    }
    converted.with_marks(&value.marks)
}

fn convert_one(value: &Value, to: &Type) -> Outcome {
    match (&value.shape, to) {
        (_, Type::Dynamic) => value.clone().into(),
        (Shape::Null(of_null), _) => convert_null(of_null, to),
        // It is the type of an element: what is converted as a whole has a kind.
        (_, Type::Unknown) => Outcome::from(loosen_element(value)).or_failure(),
        // The text of a value that is not known is what its hole stands for; of another type it may be any.
        (Shape::Anything(_), Type::String) => Outcome::from(value.clone()).or_failure(),
        (Shape::Anything(hole), _) => Outcome::unsure(hole.computed("a conversion", hole.shape)),
        (_, Type::String) => convert_to_text(value),
        (_, Type::Number) => convert_to_number(value),
        (_, Type::Bool) => convert_to_bool(value),
        (Shape::Sequence(sequence), Type::List(element)) => {
            convert_sequence(sequence, SequenceKind::List, element)
        }
        (Shape::Sequence(sequence), Type::Set(element)) => {
            convert_sequence(sequence, SequenceKind::Set, element)
        }
        (Shape::Sequence(sequence), Type::Tuple(elements)) => convert_tuple(sequence, elements),
        (Shape::Mapping(mapping), Type::Map(element)) => convert_to_map(mapping, element),
        (Shape::Mapping(mapping), Type::Object(members)) => convert_to_object(mapping, members),
        _ => Outcome::FAILS,
    }
}

/// A null has a type, too, from which there has to be a conversion.
fn convert_null(of_null: &NullType, to: &Type) -> Outcome {
    let null = Outcome::from(Value::null_of(to.clone()));
    match of_null {
        NullType::None => null,
        NullType::Unsure => null.or_failure(),
        NullType::Of(from) if can_convert(from, to) => null,
        NullType::Of(_) => Outcome::FAILS,
    }
}

/// Returns a value as text, as a template and `tostring` do it; null stays null.
fn convert_to_text(value: &Value) -> Outcome {
    match &value.shape {
        Shape::Text(_) => value.clone().into(),
        Shape::Bool(truth) => Value::from(Text::known(if *truth { "true" } else { "false" })).into(),
        Shape::Number(number) => Value::from(Text::known(&number.to_string())).into(),
        Shape::Anything(_) | Shape::Null(_) | Shape::Sequence(_) | Shape::Mapping(_) | Shape::OneOf(_) => {
            Outcome::FAILS
        }
    }
}

/// Returns the text of a value without alternatives, and whether Terraform may refuse it. `None`: it surely does.
pub fn convert_text(value: &Value) -> Option<(Text, bool)> {
    if let Shape::Anything(hole) = &value.shape {
        return Some((Text::hole(hole.clone()), true));
    }
    Some((convert_to_text(value).value()?.as_text()?.clone(), false))
}

fn convert_to_number(value: &Value) -> Outcome {
    match &value.shape {
        Shape::Number(_) => value.clone().into(),
        Shape::Text(text) => match text.as_known() {
            Some(text) if is_number(text) => match Number::parse(text) {
                Some(number) => Value::from(number).into(),
                None => Outcome::unsure(value.hole("tonumber(…)", HoleShape::Any)),
            },
            // Terraform reads a few spellings more than this crate, such as `0x1p-2` and `Inf`.
            Some(text)
                if text.bytes().any(|byte| byte.is_ascii_digit()) || text.to_lowercase().contains("inf") =>
            {
                Outcome::unsure(value.hole("tonumber(…)", HoleShape::Any))
            }
            Some(_) => Outcome::FAILS,
            None => Outcome::unsure(value.hole("tonumber(…)", HoleShape::Any)),
        },
        Shape::Anything(_)
        | Shape::Null(_)
        | Shape::Bool(_)
        | Shape::Sequence(_)
        | Shape::Mapping(_)
        | Shape::OneOf(_) => Outcome::FAILS,
    }
}

/// Whether a text is a plain decimal: `-12.5`.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn convert_to_bool(value: &Value) -> Outcome {
    match &value.shape {
        Shape::Bool(_) => value.clone().into(),
        Shape::Text(text) => match text.as_known() {
            Some("true" | "1") => Value::from(true).into(),
            Some("false" | "0") => Value::from(false).into(),
            Some(_) => Outcome::FAILS,
            None => Outcome::from(Value::any_bool()).or_failure(),
        },
        Shape::Anything(_)
        | Shape::Null(_)
        | Shape::Number(_)
        | Shape::Sequence(_)
        | Shape::Mapping(_)
        | Shape::OneOf(_) => Outcome::FAILS,
    }
}

/// Values converted one by one: `None` where one surely fails, and whether any may.
fn convert_all<'v>(values: impl Iterator<Item = (&'v Value, Type)>) -> Option<(Vec<Value>, bool)> {
    let mut may_fail = false;
    let mut converted = Vec::new();
    for (value, to) in values {
        let outcome = convert(value, &to);
        may_fail |= outcome.may_fail();
        converted.push(outcome.value()?.clone());
    }
    Some((converted, may_fail))
}

fn finish(value: Value, may_fail: bool) -> Outcome {
    if may_fail { Outcome::from(value).or_failure() } else { value.into() }
}

/// The type that the elements of a new collection get. `Ok(None)`: it depends on what is not known.
fn element_type<'v>(values: impl Iterator<Item = &'v Value>, wanted: &Type) -> Result<Option<Type>, Outcome> {
    if *wanted != Type::Dynamic {
        return Ok(Some(wanted.clone()));
    }
    let types: Vec<Type> = values.map(Type::of).collect();
    if types.is_empty() {
        return Ok(Some(Type::Dynamic));
    }
    match unify(&types) {
        Unified::Type(element) => Ok(Some(element)),
        Unified::Unsure => Ok(None),
        Unified::None => Err(Outcome::FAILS),
    }
}

/// Whether the elements of a collection may have several types after their conversion, which Terraform refuses: where a
/// part of their type is left open. `None` where they surely have.
fn may_differ<'v>(values: impl Iterator<Item = &'v Value>, element: &Type) -> Option<bool> {
    if !element.has_dynamic() {
        return Some(false);
    }
    let types: Vec<Type> = values.map(Type::of).collect();
    let is_one = types.iter().all(|other| Some(other) == types.first());
    match (types.iter().all(Type::is_certain), is_one) {
        (false, _) => Some(true),
        (true, true) => Some(false),
        (true, false) => None,
    }
}

fn convert_sequence(sequence: &Sequence, kind: SequenceKind, wanted: &Type) -> Outcome {
    let all = || sequence.items.iter().chain(&sequence.rest);
    let element = match element_type(all(), wanted) {
        Ok(element) => element,
        Err(fails) => return fails,
    };
    let Some(element) = element else {
        let items = sequence.items.iter().map(super::loosen).collect();
        let rest = sequence.rest.as_ref().map(super::loosen);
        return rebuild(sequence, kind, items, rest).or_failure();
    };
    let Some((items, may_fail)) = convert_all(sequence.items.iter().map(|item| (item, element.clone())))
    else {
        return Outcome::FAILS;
    };
    let rest = sequence.rest.as_ref().map(|rest| convert(rest, &element));
    let Some(may_differ) = may_differ(items.iter(), &element) else { return Outcome::FAILS };
    // Of an empty list it is not known what it would hold, nor whether that could be converted.
    let is_open = items.is_empty() && sequence.kind != SequenceKind::Tuple && *wanted != Type::Dynamic;
    let may_fail = may_fail || may_differ || is_open || rest.as_ref().is_some_and(Outcome::may_fail);
    // Where no further element can be converted, there is none.
    let rest = rest.and_then(|rest| rest.value().cloned());
    let outcome = rebuild(sequence, kind, items, rest);
    if may_fail { outcome.or_failure() } else { outcome }
}

/// The sequence of another kind. What has no order gives a list of unknown length and order.
fn rebuild(from: &Sequence, kind: SequenceKind, items: Vec<Value>, rest: Option<Value>) -> Outcome {
    if kind == SequenceKind::Set || from.has_order() || items.is_empty() {
        return Value::sequence(kind, items, rest).into();
    }
    if from.kind() == SequenceKind::Unsure && rest.is_none() {
        // As a list it keeps its order; as a set it has one that is not known.
        let unordered = Value::elements(kind, Value::one_of(items.clone()));
        return Value::one_of(vec![Value::sequence(kind, items, None), unordered]).into();
    }
    let rest = Value::one_of(items.into_iter().chain(rest).collect());
    Value::elements(kind, rest).into()
}

fn convert_tuple(sequence: &Sequence, elements: &[Type]) -> Outcome {
    if sequence.rest.is_some() || sequence.kind != SequenceKind::Tuple {
        let value =
            Value::elements(SequenceKind::Tuple, Value::anything(crate::Hole::unreadable("a conversion")));
        return Outcome::from(value).or_failure();
    }
    if sequence.items.len() != elements.len() {
        return Outcome::FAILS;
    }
    let pairs = sequence.items.iter().zip(elements.iter().cloned());
    match convert_all(pairs) {
        Some((items, may_fail)) => finish(Value::tuple(items), may_fail),
        None => Outcome::FAILS,
    }
}

fn convert_to_map(mapping: &Mapping, wanted: &Type) -> Outcome {
    let all = || mapping.members.values().chain(&mapping.rest);
    let element = match element_type(all(), wanted) {
        Ok(element) => element,
        Err(fails) => return fails,
    };
    let (converted, open, rest, may_fail) = match element {
        Some(element) => {
            let members = mapping.members.values().map(|member| (member, element.clone()));
            let Some((converted, may_fail)) = convert_all(members) else { return Outcome::FAILS };
            let rest = mapping.rest.as_ref().map(|rest| convert(rest, &element));
            let members = converted.iter().filter(|member| !member.is_null());
            let Some(may_differ) = may_differ(members, &element) else { return Outcome::FAILS };
            let may_fail = may_fail || may_differ || rest.as_ref().is_some_and(Outcome::may_fail);
            let open = mapping.convert_open(|member| convert(member, &element).value().cloned());
            (converted, open, rest.and_then(|rest| rest.value().cloned()), may_fail)
        }
        None => {
            let converted = mapping.members.values().map(super::loosen).collect();
            let open = mapping.convert_open(|member| Some(super::loosen(member)));
            (converted, open, mapping.rest.as_ref().map(super::loosen), true)
        }
    };
    let is_open =
        mapping.members.is_empty() && mapping.kind != MappingKind::Object && *wanted != Type::Dynamic;
    let members = mapping.members.keys().cloned().zip(converted).collect();
    finish(Value::open_mapping(MappingKind::Map, members, open, rest), may_fail || is_open)
}

fn convert_to_object(mapping: &Mapping, wanted: &BTreeMap<Arc<str>, Type>) -> Outcome {
    let mut members = BTreeMap::new();
    let mut may_fail = false;
    for (name, to) in wanted {
        let (value, is_sure) = match mapping.members.get(name) {
            Some(value) => (value.clone(), true),
            None => match mapping.other_at(&Text::known(name)) {
                Some(value) => (value, false),
                None => return Outcome::FAILS,
            },
        };
        let outcome = convert(&value, to);
        may_fail |= outcome.may_fail() || !is_sure;
        let Some(value) = outcome.value() else { return Outcome::FAILS };
        members.insert(name.clone(), value.clone());
    }
    finish(Value::mapping(MappingKind::Object, members, None), may_fail)
}
