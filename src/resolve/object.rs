//! An object of the plan, as rules see it: its attributes, its block, and the rule that reads it.

use super::world::World;
use crate::plan::configuration::ConfiguredBlock;
use crate::plan::{ResourceChange, Values, address};
use crate::rules::{Rule, RulePack};
use crate::sources::Lookup;

/// An object that a rule looks at, on one side of its change.
#[derive(Clone, Copy, Debug)]
pub struct Object<'w> {
    /// What rules can see besides it.
    pub world: &'w World<'w>,
    /// The full address.
    pub address: &'w str,
    /// The module instance.
    pub module: &'w str,
    /// The resource type.
    pub type_name: &'w str,
    /// Its block in the configuration.
    pub block: Option<&'w ConfiguredBlock<'w>>,
    /// The key of its instance, as JSON text.
    pub index: Option<&'w str>,
    /// Its attributes.
    pub values: &'w Values,
    /// The pack that reads it.
    pub pack: &'w RulePack,
    /// The rule that reads it.
    pub rule: &'w Rule,
    /// How many references were followed until it was reached.
    pub(super) depth: u8,
}

impl<'w> Object<'w> {
    /// The object of a change, with these attributes.
    pub fn new(
        world: &'w World<'w>,
        change: &'w ResourceChange<'w>,
        values: &'w Values,
        pack: &'w RulePack,
        rule: &'w Rule,
    ) -> Self {
        Self {
            world,
            address: &change.address,
            module: &change.module,
            type_name: &change.type_name,
            block: world.block(change),
            index: change.index.map(serde_json::value::RawValue::get),
            values,
            pack,
            rule,
            depth: 0,
        }
    }

    /// Whether `dynamic` blocks may make what stands at a path, where the sources are there to tell. A block that could
    /// not be read may have one.
    pub fn may_be_dynamic(&self, path: &str) -> Option<bool> {
        let names = address::module_names(self.module)?;
        let block = address::block(self.address, self.module)?;
        match self.world.plan.sources()?.has_dynamic(&names, block, path) {
            Lookup::Written(has) => Some(has),
            Lookup::Absent | Lookup::Computed(_) | Lookup::Unreadable(_) => Some(true),
        }
    }
}
