//! Values of JSON syntax.
//!
//! Takes a part of a text in JSON and returns the expression that Terraform makes of it: a string is a template, a list
//! and an object hold such values. The members of an object keep their order, and a name that stands twice stays visible.

use hcl_edit::expr::{Array, Expression, Object, ObjectKey, ObjectValue};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::scan::{ScanError, TemplateKind};
use super::unread::UnreadCause;
use super::{expression, template};
use crate::source::Span;

/// One member of an object, with the place of its name.
pub(super) struct JsonMember<'a> {
    pub(super) name: String,
    pub(super) value: &'a RawValue,
}

/// The members of an object in order; unlike a map, it keeps a name that stands twice.
pub(super) struct JsonMembers<'a>(pub(super) Vec<JsonMember<'a>>);

impl<'de> Deserialize<'de> for JsonMembers<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = JsonMembers<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<JsonMembers<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = entries.next_entry::<String, &'de RawValue>()? {
                    members.push(JsonMember { name, value });
                }
                Ok(JsonMembers(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// Returns the expression that a value is.
pub(super) fn read(text: &str, part: Span) -> Result<Expression, ScanError> {
    let failure = || ScanError { at: part.start, cause: UnreadCause::Json };
    let raw: &RawValue =
        serde_json::from_str(text.get(part.start..part.end).unwrap_or_default()).map_err(|_| failure())?;
    convert(raw).ok_or_else(failure)
}

fn convert(raw: &RawValue) -> Option<Expression> {
    let text = raw.get();
    match text.bytes().next()? {
        b'n' => Some(Expression::null()),
        b't' => Some(Expression::from(true)),
        b'f' => Some(Expression::from(false)),
        b'"' => convert_text(&serde_json::from_str::<String>(text).ok()?),
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            let items = items.into_iter().map(convert).collect::<Option<Vec<_>>>()?;
            Some(Expression::Array(Array::from(items)))
        }
        b'{' => {
            let JsonMembers(members) = serde_json::from_str(text).ok()?;
            let mut object = Object::new();
            for JsonMember { name, value } in members {
                let key = ObjectKey::Expression(convert_text(&name)?);
                // Terraform refuses a key that stands twice.
                if object.insert(key, ObjectValue::new(convert(value)?)).is_some() {
                    return None;
                }
            }
            Some(Expression::Object(object))
        }
        _ => expression::parse(text, Span { start: 0, end: text.len() }).ok(),
    }
}

fn convert_text(text: &str) -> Option<Expression> {
    template::read(text, Span { start: 0, end: text.len() }, TemplateKind::Bare, false, expression::parse)
        .ok()
}
