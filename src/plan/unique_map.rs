//! A map of a plan's JSON in which no name stands twice.
//!
//! Of two members of one name one reader takes the first and another the last, so that two readers of one plan would
//! judge different things.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};

/// The members by their names.
#[derive(Debug)]
pub(super) struct UniqueMap<'a, V>(HashMap<Cow<'a, str>, V>);

impl<V> Default for UniqueMap<'_, V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<'de: 'a, 'a, V: Deserialize<'de>> Deserialize<'de> for UniqueMap<'a, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Members<V> {
            type Value = HashMap<Cow<'de, str>, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut members = HashMap::new();
                while let Some(name) = entries.next_key::<Cow<'de, str>>()? {
                    if members.insert(name, entries.next_value()?).is_some() {
                        // The name may be a secret, as all that a plan holds.
                        return Err(A::Error::custom("a name stands twice in one object"));
                    }
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Members(PhantomData)).map(Self)
    }
}

impl<'a, V> IntoIterator for UniqueMap<'a, V> {
    type Item = (Cow<'a, str>, V);
    type IntoIter = std::collections::hash_map::IntoIter<Cow<'a, str>, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::UniqueMap;

    #[test]
    fn a_name_that_stands_twice_is_refused() {
        let read = |text| serde_json::from_str::<UniqueMap<'_, u8>>(text);
        assert_eq!(read(r#"{"a": 1, "b": 2}"#).unwrap().into_iter().count(), 2);
        for twice in [r#"{"a": 1, "a": 1}"#, r#"{"a": 1, "\u0061": 2}"#] {
            assert!(read(twice).unwrap_err().to_string().contains("twice"), "{twice}");
        }
    }
}
