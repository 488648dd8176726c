//! What the rules ask of the sources.
//!
//! Takes an attribute that the plan leaves unknown, or an expression beside an object, and returns its values in the form
//! of the rules' language. `None` where nothing is known: then the attribute keeps the name under which the plan calls it
//! unknown.

use std::cell::Cell;

use hcl_edit::expr::Expression;
use serde_json::value::RawValue;
use terraform_values::{Budget, Hole, HoleOrigin, HoleShape, Identity, Shape, Value};

use super::bridge::{self, Bridge};
use super::instances::InstanceKey;
use super::provider_part::is_left_to_provider;
use super::scope::ModuleScope;
use super::world::World;
use super::written::{Order, says_nothing, value_at};
use crate::lower::{DocumentFormat, DocumentValue, Text};
use crate::plan::{ObjectMode, ResourceChange, Values};
use crate::possible::Possible;
use crate::sources::Lookup;
use crate::value::Value as PlanValue;
use crate::value::provenance::Provenance;

/// The block of a change as its module writes it: `data.t.n`.
pub(super) fn block_of(change: &ResourceChange<'_>) -> String {
    let prefix = if change.mode == ObjectMode::Data { "data." } else { "" };
    format!("{prefix}{}.{}", change.type_name, change.name)
}

/// Documents that are parts of each other, at most. Public modules merge documents two deep.
const MAX_DOCUMENTS: u32 = 16;

impl<'w> World<'w> {
    /// The value of an attribute of a planned object, which the plan does not know as a whole.
    pub(super) fn find_resolved(&'w self, address: &str, path: &str) -> Option<Possible<'w>> {
        let value = self.evaluate_path(address, path)?;
        if value.alternatives().len() == 1
            && let Shape::Anything(hole) = value.shape()
        {
            let is_named = matches!(&hole.origin, HoleOrigin::Attribute { address: of, path: own }
                if **of != *address || **own != *path);
            if !is_named && hole.shape == HoleShape::Any {
                // Nothing is known but its name, and the plan has one, too.
                return self.read_rendered(value.identity()?);
            }
        }
        Some(self.as_possible(&value, address, path))
    }

    /// What the sources write for an argument or for the nested blocks of one name, whatever the plan knows of it: null
    /// where they write nothing.
    pub fn evaluate_argument(&'w self, address: &str, argument: &str) -> Option<Value> {
        // Without sources nothing is written, and an object would be read for nothing.
        self.plan.sources()?;
        let (change, _) = self.planned(address)?;
        self.find_written(change, argument, &Budget::default())
    }

    /// What is known of an attribute of a planned object, at any path such as `statement[0].actions`: what the plan knows, and
    /// in the place of what it does not know what the sources and the rules say. `None` where the plan does not hold the
    /// object, or the sources are not at hand.
    pub fn evaluate_path(&'w self, address: &str, path: &str) -> Option<Value> {
        let budget = Budget::default();
        let at = self.plan.change_at(address)?;
        self.plan.sources()?;
        let top = path.split(['.', '[']).next()?;
        let value = self.attribute_of(super::instances::ObjectPlace::Change(at), top, &budget).into_value();
        let below = path.get(top.len()..)?;
        value_at(&value, top, below.trim_start_matches('.'), Order::AsPlanned)
    }

    /// What the sources write for an argument of a planned object, whatever the plan knows of it.
    pub(super) fn written_at(&'w self, address: &str, path: &str) -> Option<Value> {
        let budget = Budget::default();
        let (change, _) = self.planned(address)?;
        let top = path.split(['.', '[']).next()?;
        let written = self.find_written(change, top, &budget)?;
        let ordered = self.ordered_blocks(change);
        value_at(&written, top, path.get(top.len()..)?.trim_start_matches('.'), Order::AsWritten(&ordered))
    }

    /// Whether the sources certainly leave an argument of a planned object to the provider, where they are at hand.
    pub(super) fn leaves_to_provider(&'w self, address: &str, path: &str) -> Option<bool> {
        let top = path.split(['.', '[']).next()?;
        let written = self.evaluate_argument(address, top)?;
        if path == top || written.alternatives().iter().all(says_nothing) {
            return Some(written.alternatives().iter().all(says_nothing));
        }
        let (change, _) = self.planned(address)?;
        let is_block = matches!(self.body(&change.module, &block_of(change))?.argument(top), Lookup::Absent);
        let is_left = |one: &Value| says_nothing(one) || is_left_to_provider(one);
        let below = self.written_at(address, path).filter(|_| is_block);
        Some(below.is_some_and(|below| below.alternatives().iter().all(is_left)))
    }

    /// What the sources write for an argument of a block that is not repeated, such as that of a provider.
    pub(super) fn argument_of(&'w self, module: &str, block: &str, path: &str) -> Option<Possible<'w>> {
        let budget = Budget::default();
        let body = self.body(module, block)?;
        let top = path.split(['.', '[']).next()?;
        let written = ModuleScope::of_module(self, module).find_written(body, top, &budget)?;
        let below = path.get(top.len()..)?.trim_start_matches('.');
        let value = value_at(&written, top, below, Order::AsPlanned)?;
        let is_unknown = value.is_anything() && value.alternatives().len() == 1;
        (!is_unknown).then(|| self.as_possible(&value, block, path))
    }

    /// An expression that stands in the block of an object; `own` is what `self` means there.
    pub fn evaluate_beside(
        &'w self,
        change: &ResourceChange<'_>,
        own: Option<&Values>,
        expression: &Expression,
    ) -> Value {
        let block = block_of(change);
        let Some(key) = InstanceKey::of_json(change.index.map(RawValue::get)) else {
            return Value::anything(Hole::unreadable("an expression of an instance whose key is not read"));
        };
        let own = own.map(|values| bridge::of_plan(&values.object, &mut bridge::anything));
        let scope = ModuleScope { own, ..ModuleScope::of_instance(self, &change.module, &block, &key) };
        scope.evaluate(expression, &Budget::default())
    }

    /// The policy document that a data source computes of its arguments.
    pub(super) fn read_document(
        &'w self,
        change: &'w ResourceChange<'w>,
        values: &'w Values,
        format: DocumentFormat,
    ) -> Possible<'w> {
        let mut provenance = Provenance::NONE;
        let arguments = match &values.object {
            PlanValue::Object(members) if self.plan.sources().is_some() => {
                let member = |(name, planned): &'w (Box<str>, PlanValue)| {
                    let known = || Possible::borrowed(planned);
                    let value = self.find_resolved(&change.address, name).unwrap_or_else(known);
                    provenance.absorb(&value.provenance());
                    (Text::known(name), value.into_document())
                };
                DocumentValue::Object(members.iter().map(member).collect())
            }
            arguments @ (PlanValue::Null
            | PlanValue::Bool(_)
            | PlanValue::Number(_)
            | PlanValue::String(_)
            | PlanValue::List(_)
            | PlanValue::Object(_)
            | PlanValue::Unknown(_)) => DocumentValue::from(arguments),
        };
        if values.has_sensitive() {
            provenance.absorb(&Provenance::sensitive());
        }
        Possible::document(format, arguments).resting_on(&provenance)
    }

    /// The document that an attribute is, where a data source computes it during the apply.
    fn read_rendered(&'w self, identity: &Identity) -> Option<Possible<'w>> {
        let (change, values) = self.planned(&identity.address)?;
        let is_deferred = matches!(values.object.get(&identity.attribute), PlanValue::Unknown(_));
        if change.mode != ObjectMode::Data || !is_deferred {
            return None;
        }
        let (_, rule) = self.rules.find_document(&change.type_name, &change.provider)?;
        if *rule.attribute != *identity.attribute || self.documents.get() >= MAX_DOCUMENTS {
            return None;
        }
        self.documents.set(self.documents.get() + 1);
        let document = self.read_document(change, values, rule.format);
        self.documents.set(self.documents.get() - 1);
        Some(document)
    }

    /// The same set in the rules' values; the place names what has no name of its own.
    pub fn as_possible(&'w self, value: &Value, address: &str, path: &str) -> Possible<'w> {
        let place = format!("{address}.{path}");
        let document = |identity: &Identity| self.read_rendered(identity);
        Bridge { place: &place, named: Cell::new(0), document: &document }.make_possible(value)
    }
}
