//! A change, with the rule that reads its type.

use crate::plan::{ResourceChange, Values};
use crate::resolve::object::Object;
use crate::resolve::world::World;
use crate::rules::{Rule, RulePack, TypeListing};

/// A change, and the rule that reads its type.
#[derive(Clone, Copy)]
pub(super) struct RuledChange<'c> {
    pub(super) change: &'c ResourceChange<'c>,
    pub(super) pack: &'c RulePack,
    pub(super) rule: &'c Rule,
}

impl<'c> RuledChange<'c> {
    /// The object on one side of the change.
    pub(super) fn make_object(self, world: &'c World<'c>, values: &'c Values) -> Object<'c> {
        Object::new(world, self.change, values, self.pack, self.rule)
    }
}

/// A change of an object of a listed type.
pub(super) struct ListedChange<'c> {
    pub(super) change: &'c ResourceChange<'c>,
    pub(super) pack: &'c RulePack,
    pub(super) listing: TypeListing<'c>,
}
