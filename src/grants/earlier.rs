//! An object before its change.
//!
//! Takes an object before and after its change, and returns what it granted and what the change alters.
//! The grants of the change and the limits that it takes away both ask, and are answered by one reading.

use super::alteration::Alteration;
use super::extract::{Extract, Extraction, extract_grants};
use crate::resolve::object::Object;
use crate::value::provenance::Provenance;
use rule_language::schema::Attributes;

/// An object before its change.
pub(super) struct EarlierObject<'o> {
    pub(super) object: Object<'o>,
    /// What it granted.
    pub(super) extracts: Vec<Extract>,
    /// What that rests on.
    pub(super) provenance: Provenance,
    /// What its change alters; `None` where nothing is there after it.
    pub(super) alteration: Option<Alteration>,
}

impl<'o> EarlierObject<'o> {
    /// Reads an object; `after` is what becomes of it, where something does.
    pub(super) fn read(
        object: Object<'o>,
        after: Option<&Object<'_>>,
        schema: Option<&Attributes<'_>>,
    ) -> Self {
        let alteration = after.map(|after| Alteration::find(&object, after, schema));
        let Extraction { extracts, provenance } = extract_grants(&object);
        Self { object, extracts, provenance, alteration }
    }
}
