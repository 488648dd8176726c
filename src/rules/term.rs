//! What an expression of a rule pack evaluates to.
//!
//! A [`Term`] is a value of the plan, or something built of such values: text with unknown parts, lists of it.
//! "Unknown" stays visible through every function, with the name of what is not known.

use std::borrow::Cow;

use crate::lower::{Format, Text};
use crate::value::Value;
use access_algebra::HoleKind;

/// The value of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Term<'v> {
    /// A value of the plan as it stands there.
    Value(Cow<'v, Value>),
    /// Text, perhaps with unknown parts.
    Text(Text),
    /// A list.
    List(Vec<Term<'v>>),
    /// A policy document that the plan holds in the form of its arguments.
    Document(Format, Value),
}

impl<'v> Term<'v> {
    /// Nothing.
    pub const NULL: Term<'static> = Term::Value(Cow::Owned(Value::Null));

    /// A truth value.
    pub fn truth(value: bool) -> Self {
        Self::Value(Cow::Owned(Value::Bool(value)))
    }

    /// Known text.
    pub fn known(text: &str) -> Self {
        Self::Text(Text::known(text))
    }

    /// A value that is known only after apply, with its name.
    pub fn unknown(name: &str) -> Self {
        Self::Value(Cow::Owned(Value::Unknown(name.into())))
    }

    /// Whether nothing is there.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Value(value) if **value == Value::Null)
    }

    /// The names of what is not known in it, where that is all that can be said.
    pub fn as_unknown(&self) -> Option<&str> {
        match self {
            Self::Value(value) => match &**value {
                Value::Unknown(name) => Some(name),
                Value::Null
                | Value::Bool(_)
                | Value::Number(_)
                | Value::String(_)
                | Value::List(_)
                | Value::Object(_) => None,
            },
            Self::Text(_) | Self::List(_) | Self::Document(..) => None,
        }
    }

    /// The truth value; `None` where it is not known or is none.
    pub fn as_truth(&self) -> Option<bool> {
        match self {
            Self::Value(value) => match &**value {
                Value::Bool(truth) => Some(*truth),
                Value::Null => Some(false),
                Value::String(text) => match &**text {
                    "true" => Some(true),
                    "false" => Some(false),
                    _ => None,
                },
                Value::Number(_) | Value::List(_) | Value::Object(_) | Value::Unknown(_) => None,
            },
            Self::Text(_) | Self::List(_) | Self::Document(..) => None,
        }
    }

    /// The wholly known text of a text, number or truth value.
    pub fn as_known(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => text.as_known().map(Cow::Borrowed),
            Self::Value(value) => match &**value {
                Value::String(text) | Value::Number(text) => Some(Cow::Borrowed(text)),
                Value::Bool(truth) => Some(Cow::Owned(truth.to_string())),
                Value::Null | Value::List(_) | Value::Object(_) | Value::Unknown(_) => None,
            },
            Self::List(_) | Self::Document(..) => None,
        }
    }

    /// The elements of a list, a single value standing for a list of one, nested lists flattened, nulls dropped.
    pub fn elements(self) -> Vec<Term<'v>> {
        match self {
            Self::List(items) => items.into_iter().flat_map(Self::elements).collect(),
            Self::Value(Cow::Borrowed(Value::List(items))) => {
                items.iter().flat_map(|item| Term::Value(Cow::Borrowed(item)).elements()).collect()
            }
            Self::Value(Cow::Owned(Value::List(items))) => {
                items.into_iter().flat_map(|item| Term::Value(Cow::Owned(item)).elements()).collect()
            }
            Self::Value(_) if self.is_null() => Vec::new(),
            Self::Value(_) | Self::Text(_) | Self::Document(..) => vec![self],
        }
    }

    /// As text: what is unknown becomes a hole; an object has no text and becomes one, too.
    pub fn into_text(self) -> Text {
        match self {
            Self::Text(text) => text,
            Self::Value(value) => match &*value {
                Value::String(text) | Value::Number(text) => Text::known(text),
                Value::Bool(truth) => Text::known(&truth.to_string()),
                Value::Unknown(name) => Text::hole(HoleKind::Unknown, name),
                Value::Null | Value::List(_) | Value::Object(_) => {
                    Text::hole(HoleKind::Unknown, "a value that is no text")
                }
            },
            Self::List(_) | Self::Document(..) => Text::hole(HoleKind::Unknown, "a value that is no text"),
        }
    }

    /// As a value: text with holes is unknown as a whole.
    pub fn into_value(self) -> Value {
        match self {
            Self::Value(value) => value.into_owned(),
            Self::Text(text) => match text.as_known() {
                Some(known) => Value::String(known.into()),
                None => Value::Unknown(text.to_string().into()),
            },
            Self::List(items) => Value::List(items.into_iter().map(Self::into_value).collect()),
            Self::Document(_, value) => value,
        }
    }
}
