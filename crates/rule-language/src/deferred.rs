//! Values that are read from the bytes of compiled packs when somebody first asks for them.
//!
//! A plan has objects of a few types, and a program has rules for a thousand: to read each of them takes longer than to judge
//! a small plan.

use std::sync::OnceLock;

use serde::de::Deserialize;
use serde::{Deserializer, Serialize, Serializer};

/// A value, or the bytes that it is read from.
#[derive(Clone, Debug)]
pub(crate) struct Deferred<T> {
    bytes: &'static [u8],
    value: OnceLock<T>,
}

impl<T> Deferred<T> {
    /// A value that is there already.
    pub(crate) fn new(value: T) -> Self {
        Self { bytes: &[], value: value.into() }
    }
}

impl<T: Deserialize<'static>> Deferred<T> {
    /// The value.
    #[expect(
        clippy::expect_used,
        reason = "a rule that is not read must not pass for none, so the program stops"
    )]
    pub(crate) fn get(&self) -> &T {
        self.value.get_or_init(|| postcard::from_bytes(self.bytes).expect("the build wrote these bytes"))
    }
}

impl<T: Deserialize<'static> + PartialEq> PartialEq for Deferred<T> {
    fn eq(&self, other: &Self) -> bool {
        self.get() == other.get()
    }
}

impl<T: Deserialize<'static> + Serialize> Serialize for Deferred<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = postcard::to_allocvec(self.get()).map_err(serde::ser::Error::custom)?;
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Deferred<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self { bytes: <&'de [u8]>::deserialize(deserializer)?, value: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::Deferred;

    #[test]
    fn a_value_comes_back_from_its_bytes() {
        let written = vec![Deferred::new("one".to_owned()), Deferred::new(String::new())];
        let bytes: &'static [u8] = postcard::to_allocvec(&written).unwrap().leak();
        let read: Vec<Deferred<String>> = postcard::from_bytes(bytes).unwrap();
        assert!(read.iter().all(|one| one.value.get().is_none()));
        assert_eq!(read, written);
        assert_eq!(read[0].get(), "one");
    }
}
