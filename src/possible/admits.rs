//! Whether a [`Possible`] holds a given value.
//!
//! Takes a wholly known value and answers yes where one choice of everything that is not known makes it. What is known
//! after an apply is held against what was possible before.

use std::borrow::Cow;

use access_algebra::HoleShape;

use super::{Possible, Shape};
use crate::lower::TextPart;
use crate::value::Value;

impl Possible<'_> {
    /// Whether a wholly known value is one of the set.
    pub fn admits(&self, value: &Value) -> bool {
        if !self.provenance.is_certain() {
            return true;
        }
        match &self.shape {
            Shape::Value(own) => value_admits(own, value),
            Shape::Text(text) => spelled(value).is_some_and(|spelled| text_admits(&text.parts, &spelled)),
            Shape::List(items) => value.as_list().is_some_and(|values| {
                items.len() == values.len()
                    && items.iter().zip(values).all(|(item, value)| item.admits(value))
            }),
            Shape::Elements(element) => {
                value.as_list().is_some_and(|values| values.iter().all(|value| element.admits(value)))
            }
            Shape::Object(members) => matches!(value, Value::Object(values) if {
                members.len() == values.len()
                    && members.iter().all(|(name, member)| values.iter().any(|(known, value)| known == name && member.admits(value)))
            }),
            Shape::Document(..) | Shape::Json(_) => matches!(value, Value::String(_)),
            Shape::Unread => true,
            Shape::OneOf(alternatives) => alternatives.iter().any(|alternative| alternative.admits(value)),
        }
    }
}

/// The text of a scalar: Terraform turns numbers and truth values into text where text is wanted.
fn spelled(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) | Value::Number(text) => Some(Cow::Borrowed(text)),
        Value::Bool(truth) => Some(Cow::Owned(truth.to_string())),
        Value::Null | Value::List(_) | Value::Object(_) | Value::Unknown(_) => None,
    }
}

fn value_admits(own: &Value, value: &Value) -> bool {
    match (own, value) {
        (Value::Unknown(_), _) | (Value::Null, Value::Null) => true,
        (Value::List(own), Value::List(values)) => {
            own.len() == values.len() && own.iter().zip(values).all(|(own, value)| value_admits(own, value))
        }
        (Value::Object(own), Value::Object(values)) => {
            let has = |name: &str, own: &Value| {
                values.iter().any(|(known, value)| &**known == name && value_admits(own, value))
            };
            own.len() == values.len() && own.iter().all(|(name, member)| has(name, member))
        }
        (own, value) => spelled(own).is_some_and(|own| Some(own) == spelled(value)),
    }
}

/// Whether a text is spelled by literals with any run in each hole, and a word in each that is one.
fn text_admits(parts: &[TextPart], text: &str) -> bool {
    let Some((first, rest)) = parts.split_first() else { return text.is_empty() };
    match first {
        TextPart::Known(literal) => text.strip_prefix(&**literal).is_some_and(|text| text_admits(rest, text)),
        TextPart::Hole(hole) if hole.is_word() => {
            let is_other = |char: char| !HoleShape::is_word_char(char);
            let word = text.split_once(is_other).map_or(text, |(word, _)| word);
            (1..=word.len()).filter_map(|at| text.get(at..)).any(|text| text_admits(rest, text))
        }
        TextPart::Hole(_) if rest.is_empty() => true,
        TextPart::Hole(_) => {
            let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.filter_map(|at| text.get(at..)).any(|text| text_admits(rest, text))
        }
    }
}
