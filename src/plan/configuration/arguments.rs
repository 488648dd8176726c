//! The arguments of a block: which it sets, and where in the plan each of them stands.
//!
//! Takes the text of a block's expressions and returns its [`ArgumentPlaces`]. Only their places are kept, because a plan has as
//! many blocks as objects and hardly an argument is asked for twice.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::json;
use crate::value::Value;

/// Where the expressions of arguments stand in the text of all of them, by name and in order.
///
/// Ranges and no texts, so that whoever keeps them for later can be lent for as long as the plan.
#[derive(Debug)]
pub(super) struct ArgumentPlaces(Box<[(Box<str>, Range<usize>)]>);

/// The arguments of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arguments<'b> {
    text: &'b str,
    places: &'b ArgumentPlaces,
}

impl ArgumentPlaces {
    /// Finds them; `None` where the text is no object, or can be read in two ways.
    pub(super) fn find(text: &str) -> Option<Self> {
        json::check(text).ok()?;
        let Members(members) = serde_json::from_str(text).ok()?;
        let place = |(name, raw): (Cow<'_, str>, &RawValue)| {
            // A raw value is lent from the text that was read.
            let start = raw.get().as_ptr().addr().checked_sub(text.as_ptr().addr())?;
            Some((name.into(), start..start.checked_add(raw.get().len())?))
        };
        Some(Self(members.into_iter().map(place).collect::<Option<_>>()?))
    }
}

impl<'b> Arguments<'b> {
    /// The arguments in a text that stand in these places.
    pub(super) fn new(text: &'b str, places: &'b ArgumentPlaces) -> Self {
        Self { text, places }
    }

    /// Whether one is set.
    pub(super) fn sets(self, name: &str) -> bool {
        self.find(name).is_some_and(|text| text != "null")
    }

    /// Whether none is there.
    pub(super) fn is_empty(self) -> bool {
        self.places.0.is_empty()
    }

    /// One of them; null where it is not there.
    pub(super) fn parse(self, name: &str) -> Value {
        self.find(name).and_then(|text| json::parse(text).ok()).unwrap_or_default()
    }

    /// The arguments, without any but the one that a path begins with: `subject` of `subject[0].name`.
    pub(super) fn parse_first(self, path: &str) -> Value {
        let name = path.split(['.', '[']).next().unwrap_or_default();
        Value::Object(vec![(name.into(), self.parse(name))])
    }

    fn find(self, name: &str) -> Option<&'b str> {
        let (_, place) = self.places.0.iter().find(|(known, _)| **known == *name)?;
        self.text.get(place.clone())
    }
}

/// The members of an object, in order.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((BorrowedName(name), raw)) = entries.next_entry()? {
                    members.push((name, raw));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

/// A name that is borrowed from the text, where it is written without escapes.
#[derive(serde::Deserialize)]
struct BorrowedName<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::{ArgumentPlaces, Arguments};
    use crate::value::Value;

    #[test]
    fn arguments_are_found_by_their_names() {
        let text = r#"{"a": {"constant_value": 1}, "\u0062": [ {"c": null} ], "d": null}"#;
        let places = ArgumentPlaces::find(text).unwrap();
        let arguments = Arguments::new(text, &places);
        assert!(arguments.sets("a") && arguments.sets("b") && !arguments.sets("d") && !arguments.sets("e"));
        assert_eq!(arguments.parse("d"), Value::Null);
        assert_eq!(arguments.parse_first("b[0].c").get("b").as_list().unwrap().len(), 1);
        assert!(Arguments::new("{}", &ArgumentPlaces::find("{}").unwrap()).is_empty());
    }

    #[test]
    fn what_can_be_read_in_two_ways_has_no_arguments() {
        for text in [r#"{"a": 1, "\u0061": 2}"#, r#"{"a": [{"b": 1, "b": 2}]}"#, "[]", "null"] {
            assert!(ArgumentPlaces::find(text).is_none(), "{text}");
        }
    }
}
