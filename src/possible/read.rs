//! Reads a [`Possible`]: its truth, its text, its elements and members.
//!
//! Takes a set of values and returns parts of it, or an answer that is right for every value of the set; where there is
//! no such answer it returns `None`. A part rests on what the whole rests on.

use std::borrow::Cow;

use access_algebra::HoleKind;

use super::{Member, Possible, Shape};
use crate::lower::{DocumentFormat, DocumentValue, Text};
use crate::value::{UnknownOrigin, Value};

impl<'v> Possible<'v> {
    /// Whether the candidate is null. Where it rests on a guess, the value itself may be another.
    pub fn is_null(&self) -> bool {
        matches!(&self.shape, Shape::Value(value) if **value == Value::Null)
    }

    /// Whether the candidate is a list.
    pub fn is_list(&self) -> bool {
        match &self.shape {
            Shape::List(_) | Shape::Elements(_) => true,
            Shape::Value(value) => matches!(**value, Value::List(_)),
            Shape::Text(_)
            | Shape::Object(_)
            | Shape::Document(..)
            | Shape::Json(_)
            | Shape::OneOf(_)
            | Shape::Unread => false,
        }
    }

    /// The origin of what is not known, where that is all that can be said.
    pub fn as_unknown(&self) -> Option<&UnknownOrigin> {
        let Shape::Value(value) = &self.shape else { return None };
        if let Value::Unknown(origin) = &**value { Some(origin) } else { None }
    }

    /// The origin of a list of the plan of which an element is not known.
    pub fn as_list_with_unknown(&self) -> Option<UnknownOrigin> {
        let Shape::Value(value) = &self.shape else { return None };
        value.as_list()?.iter().find_map(|item| match item {
            Value::Unknown(origin) => origin.list(),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::List(_)
            | Value::Object(_) => None,
        })
    }

    /// How the arguments of a policy document are written, where it is one.
    pub fn as_document(&self) -> Option<DocumentFormat> {
        if let Shape::Document(format, _) = &self.shape { Some(*format) } else { None }
    }

    /// The truth value of the candidate; `None` where it is not known or is none.
    pub fn as_truth(&self) -> Option<bool> {
        let Shape::Value(value) = &self.shape else { return None };
        match &**value {
            Value::Bool(truth) => Some(*truth),
            Value::Null => Some(false),
            Value::String(text) => match &**text {
                "true" => Some(true),
                "false" => Some(false),
                _ => None,
            },
            Value::Number(_) | Value::List(_) | Value::Object(_) | Value::Unknown(_) => None,
        }
    }

    /// The truth value, where it can be no other: a guess is none.
    pub fn as_certain_truth(&self) -> Option<bool> {
        self.as_truth().filter(|_| self.is_certain())
    }

    /// The wholly known text of a text, number or truth value; of a guess, the candidate's.
    pub fn as_known(&self) -> Option<Cow<'_, str>> {
        match &self.shape {
            Shape::Text(text) => text.as_known().map(Cow::Borrowed),
            Shape::Value(value) => match &**value {
                Value::String(text) | Value::Number(text) => Some(Cow::Borrowed(text)),
                Value::Bool(truth) => Some(Cow::Owned(truth.to_string())),
                Value::Null | Value::List(_) | Value::Object(_) | Value::Unknown(_) => None,
            },
            Shape::List(_)
            | Shape::Elements(_)
            | Shape::Object(_)
            | Shape::Document(..)
            | Shape::Json(_)
            | Shape::OneOf(_)
            | Shape::Unread => None,
        }
    }

    /// The text, with its holes, where it is one.
    pub fn as_text(&self) -> Option<Text> {
        match &self.shape {
            Shape::Text(text) => Some(text.clone()),
            Shape::Value(value) => value.as_str().map(Text::known),
            Shape::List(_)
            | Shape::Elements(_)
            | Shape::Object(_)
            | Shape::Document(..)
            | Shape::Json(_)
            | Shape::OneOf(_)
            | Shape::Unread => None,
        }
    }

    /// The value of which it is the JSON text, where that is known in part.
    pub fn as_json(&self) -> Option<&DocumentValue> {
        if let Shape::Json(value) = &self.shape { Some(value) } else { None }
    }

    /// The element of a list of unknown length, where it is one.
    pub fn as_list_of(&self) -> Option<&Self> {
        if let Shape::Elements(element) = &self.shape { Some(element) } else { None }
    }

    /// The text, where some parts of it are not known.
    pub fn as_holed(&self) -> Option<&Text> {
        if let Shape::Text(text) = &self.shape {
            Some(text).filter(|text| text.as_known().is_none())
        } else {
            None
        }
    }

    /// Whether two sets have one and the same value, whatever they rest on: holes of one name are one value.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.shape, &other.shape) {
            (Shape::OneOf(_) | Shape::Unread | Shape::Elements(_), _) => false,
            (Shape::List(own), Shape::List(others)) => {
                own.len() == others.len() && own.iter().zip(others).all(|(own, other)| own.is_same(other))
            }
            (Shape::Object(own), Shape::Object(others)) => {
                let is_same =
                    |(own, other): (&Member<'v>, &Member<'v>)| own.0 == other.0 && own.1.is_same(&other.1);
                own.len() == others.len() && own.iter().zip(others).all(is_same)
            }
            (own, other) => own == other,
        }
    }

    /// The elements of a list, a single value standing for a list of one, nested lists flattened, nulls dropped. What may
    /// be null or empty, and is so only by a guess, is an element of which nothing is known. Of a list of unknown length
    /// these are all that may be in it.
    pub fn elements(self) -> Vec<Possible<'v>> {
        let provenance = self.provenance.clone();
        let elements: Vec<Possible<'v>> = match self.shape {
            Shape::List(items) => items.into_iter().flat_map(Self::elements).collect(),
            Shape::Elements(element) => element.alternatives().into_iter().flat_map(Self::elements).collect(),
            Shape::Value(Cow::Borrowed(Value::List(items))) => {
                items.iter().flat_map(|item| Self::borrowed(item).elements()).collect()
            }
            Shape::Value(Cow::Owned(Value::List(items))) => {
                items.into_iter().flat_map(|item| Self::owned(item).elements()).collect()
            }
            Shape::Value(value) if *value == Value::Null => Vec::new(),
            shape @ (Shape::Value(_)
            | Shape::Text(_)
            | Shape::Object(_)
            | Shape::Document(..)
            | Shape::Json(_)
            | Shape::OneOf(_)
            | Shape::Unread) => vec![Self::from(shape)],
        };
        if let (true, Some(guess)) = (elements.is_empty(), provenance.guesses().first()) {
            return vec![Self::deferred(&guess.value).resting_on(&provenance)];
        }
        elements.into_iter().map(|element| element.resting_on(&provenance)).collect()
    }

    /// The member of an object, or of each element of a list; null where there is none.
    pub fn member(self, name: &str) -> Possible<'v> {
        self.step_into(|shape| match shape {
            Shape::Value(Cow::Borrowed(value)) => Self::borrowed(value.get(name)),
            Shape::Value(Cow::Owned(value)) => Self::owned(value.get(name).clone()),
            Shape::Object(members) => {
                let mut members = members.into_iter();
                members.find(|(known, _)| &**known == name).map_or(Self::NULL, |(_, member)| member)
            }
            Shape::List(items) => Self::list(items.into_iter().map(|item| item.member(name)).collect()),
            Shape::Elements(element) => Self::list_of(element.member(name)),
            Shape::Text(_) | Shape::Document(..) | Shape::Json(_) | Shape::OneOf(_) | Shape::Unread => {
                Self::NULL
            }
        })
    }

    /// The element of a list; null where there is none.
    pub fn element(self, index: usize) -> Possible<'v> {
        self.step_into(|shape| match shape {
            Shape::Value(Cow::Borrowed(Value::List(items))) => {
                items.get(index).map_or(Self::NULL, Self::borrowed)
            }
            Shape::Value(Cow::Owned(Value::List(mut items))) if index < items.len() => {
                Self::owned(items.swap_remove(index))
            }
            Shape::List(mut items) if index < items.len() => items.swap_remove(index),
            Shape::Elements(element) => Self::one_of(vec![*element, Self::NULL]),
            Shape::Value(_)
            | Shape::Text(_)
            | Shape::List(_)
            | Shape::Object(_)
            | Shape::Document(..)
            | Shape::Json(_)
            | Shape::OneOf(_)
            | Shape::Unread => Self::NULL,
        })
    }

    /// One step into each alternative. There is nothing known inside of what is not known.
    fn step_into(self, step: impl Fn(Shape<'v>) -> Possible<'v>) -> Possible<'v> {
        Self::combine(vec![self], |mut operands| {
            let Some(one) = operands.pop() else { return Self::NULL };
            match one.shape {
                Shape::Value(value) if matches!(*value, Value::Unknown(_)) => Shape::Value(value).into(),
                Shape::Text(text) if text.as_known().is_none() => Self::unknown(text.origin()),
                shape @ (Shape::Value(_)
                | Shape::Text(_)
                | Shape::List(_)
                | Shape::Elements(_)
                | Shape::Object(_)
                | Shape::Document(..)
                | Shape::Json(_)
                | Shape::OneOf(_)
                | Shape::Unread) => step(shape),
            }
        })
    }

    /// The members of an object in its order. `None` where it is none, or where not all are known.
    pub fn into_members(self) -> Option<Vec<Member<'v>>> {
        let provenance = self.provenance;
        let members: Vec<Member<'v>> = match self.shape {
            Shape::Value(Cow::Borrowed(Value::Object(members))) => {
                members.iter().map(|(name, member)| (name.clone(), Self::borrowed(member))).collect()
            }
            Shape::Value(Cow::Owned(Value::Object(members))) => {
                members.into_iter().map(|(name, member)| (name, Self::owned(member))).collect()
            }
            Shape::Object(members) => members,
            Shape::Value(_)
            | Shape::Text(_)
            | Shape::List(_)
            | Shape::Elements(_)
            | Shape::Document(..)
            | Shape::Json(_)
            | Shape::OneOf(_)
            | Shape::Unread => return None,
        };
        let rest = |(name, member): Member<'v>| (name, member.resting_on(&provenance));
        Some(members.into_iter().map(rest).collect())
    }

    /// As text, with what it rests on: what is unknown becomes a hole, and so does what has no text.
    pub fn into_text(self) -> Text {
        let mut text = match self.shape {
            Shape::Text(text) => text,
            Shape::Value(value) => match &*value {
                Value::String(text) | Value::Number(text) => Text::known(text),
                Value::Bool(truth) => Text::known(&truth.to_string()),
                Value::Unknown(origin) => Text::unknown(origin),
                Value::Null | Value::List(_) | Value::Object(_) => no_text(),
            },
            Shape::List(_) | Shape::Elements(_) | Shape::Object(_) | Shape::Document(..) | Shape::Json(_) => {
                no_text()
            }
            Shape::OneOf(_) => Text::hole(HoleKind::Unknown, "one of several values"),
            Shape::Unread => Text::hole(HoleKind::Unknown, "an expression that is not read"),
        };
        text.provenance = self.provenance;
        text
    }

    /// The origin of any value that may stand in its place.
    pub fn into_origin(self) -> UnknownOrigin {
        self.into_text().origin()
    }

    /// As a value, without what it rests on: text with holes is unknown as a whole, and so are alternatives.
    pub fn into_value(self) -> Value {
        match self.shape {
            Shape::Value(value) => value.into_owned(),
            Shape::Text(text) => match text.as_known() {
                Some(known) => Value::String(known.into()),
                None => Value::Unknown(text.origin()),
            },
            Shape::List(items) => Value::List(items.into_iter().map(Self::into_value).collect()),
            Shape::Elements(_) => Value::Unknown(UnknownOrigin::Deferred("a list of unknown length".into())),
            Shape::Object(members) => {
                Value::Object(members.into_iter().map(|(name, member)| (name, member.into_value())).collect())
            }
            Shape::Document(..) | Shape::Json(_) => {
                Value::Unknown(UnknownOrigin::Unreadable("the text of a document".into()))
            }
            Shape::OneOf(_) => Value::Unknown(UnknownOrigin::Deferred("one of several values".into())),
            Shape::Unread => {
                Value::Unknown(UnknownOrigin::Unreadable("an expression that is not read".into()))
            }
        }
    }

    /// As a document, without what it rests on.
    pub fn into_document(self) -> DocumentValue {
        match self.shape {
            Shape::Value(value) => DocumentValue::from(&*value),
            Shape::Text(text) => DocumentValue::Text(text),
            Shape::List(items) => DocumentValue::List(items.into_iter().map(Self::into_document).collect()),
            Shape::Elements(element) => DocumentValue::Each(Box::new(element.into_document())),
            Shape::Object(members) => DocumentValue::Object(
                members
                    .into_iter()
                    .map(|(name, member)| (Text::known(&name), member.into_document()))
                    .collect(),
            ),
            Shape::Document(format, arguments) => DocumentValue::Rendered(format, Box::new(arguments)),
            Shape::Json(value) => DocumentValue::Json(Box::new(value)),
            Shape::OneOf(alternatives) => {
                DocumentValue::OneOf(alternatives.into_iter().map(Self::into_document).collect())
            }
            Shape::Unread => {
                DocumentValue::Unknown(UnknownOrigin::Unreadable("an expression that is not read".into()))
            }
        }
    }
}

fn no_text() -> Text {
    Text::hole(HoleKind::Unreadable, "a value that is no text")
}
