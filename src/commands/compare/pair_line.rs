//! One line of pairs: text to a pair.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::compare::LineError;
use crate::json::JsonError;

/// Two documents as they stand in a line. Further members are ignored: they are for whoever wrote them.
#[derive(Deserialize)]
pub(super) struct PairLine<'a> {
    /// JSON text: a text, a number, or null.
    #[serde(borrow, default)]
    pub(super) id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) provider: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) approved: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) planned: Option<&'a RawValue>,
}

impl<'a> PairLine<'a> {
    /// Reads a line. A member that stands twice is an error.
    pub(super) fn read(text: &'a str) -> Result<Self, LineError> {
        let pair: Self = serde_json::from_str(text.trim_ascii_end()).map_err(JsonError::from)?;
        match pair.id.map(RawValue::get) {
            Some(id) if id.starts_with(['{', '[']) => Err(LineError::WrongId),
            _ => Ok(pair),
        }
    }
}
