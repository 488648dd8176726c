//! An object before its change.
//!
//! Takes a change and the attributes before and after it, and returns what the object granted and what its change alters.
//! The grants of the change and the limits that it takes away both ask, and are answered by one reading.

use super::alteration::Alteration;
use super::collect::Collector;
use super::extract::Extract;
use super::ruled_change::RuledChange;
use crate::plan::Values;
use crate::resolve::object::Object;

/// An object before its change.
pub(super) struct EarlierObject<'o> {
    pub(super) object: Object<'o>,
    /// What it granted.
    pub(super) extracts: Vec<Extract>,
    /// What its change alters; `None` where nothing is there after it.
    pub(super) alteration: Option<Alteration>,
}

impl<'w> Collector<'w> {
    /// What an object was before its change, and what the change to `after` alters of it.
    pub(super) fn read_earlier<'o>(
        &mut self,
        ruled: RuledChange<'o>,
        before: Option<&'o Values>,
        after: Option<&'o Values>,
    ) -> Option<EarlierObject<'o>>
    where
        'w: 'o,
    {
        let object = ruled.make_object(self.world, before?);
        let new = after.map(|after| ruled.make_object(self.world, after));
        let schema = self.index.types.schema_of(ruled.change);
        let alteration = new.map(|new| Alteration::find(&object, &new, schema));
        Some(EarlierObject { extracts: self.extract(&object), object, alteration })
    }
}
