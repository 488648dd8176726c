//! An object of the plan, as rules see it: its attributes, what it is known as, and what stands for what is not known.

use std::borrow::Cow;

use super::facts;
use super::world::World;
use super::written::{self, Place};
use crate::plan::configuration::{Block, Expression as Told};
use crate::plan::{ResourceChange, Values, address};
use crate::rules::evaluate::evaluate;
use crate::rules::scope::Scope;
use crate::rules::term::Term;
use crate::rules::{Rule, RulePack};
use crate::value::Value;

/// An object that a rule looks at.
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
    pub block: Option<&'w Block<'w>>,
    /// The key of its instance, as JSON text.
    pub index: Option<&'w str>,
    /// Its attributes.
    pub values: &'w Values,
    /// The pack that reads it.
    pub pack: &'w RulePack,
    /// The rule that reads it.
    pub rule: &'w Rule,
}

impl<'w> Object<'w> {
    /// An object of the plan, on one of its sides.
    pub fn of(
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
        }
    }

    /// What the sources write for an argument.
    fn written(&self, path: &str) -> Option<Term<'w>> {
        let names = address::module_names(self.module)?;
        let block = address::block(self.address, self.module)?;
        let expression = self.world.plan.sources()?.argument(&names, block, path)?;
        written::term(self.world, self.place(), expression)
    }

    fn place(&self) -> Place<'w> {
        Place { module: self.module, index: self.index }
    }

    /// Whether its block has a `dynamic` block of this name, where the sources are there to tell.
    pub fn has_dynamic(&self, name: &str) -> Option<bool> {
        let names = address::module_names(self.module)?;
        let block = address::block(self.address, self.module)?;
        self.world.plan.sources()?.is_dynamic(&names, block, name)
    }
}

impl<'w> Scope<'w> for Object<'w> {
    fn object(&self) -> &'w Value {
        &self.values.object
    }

    fn address(&self) -> &str {
        self.address
    }

    fn type_name(&self) -> &str {
        self.type_name
    }

    fn timestamp(&self) -> &str {
        self.world.plan.timestamp.as_deref().unwrap_or_default()
    }

    fn identity(&self, name: &str) -> Term<'w> {
        let known = self.values.object.get(name);
        if !matches!(known, Value::Unknown(_) | Value::Null) {
            return Term::Value(Cow::Borrowed(known));
        }
        let rule = self.rule.identity.iter().find(|(known, _)| known == name);
        let term = rule.and_then(|(_, expr)| self.world.deeper(|| Some(evaluate(expr, self, None))));
        if let Some(term) = term.filter(|term| !term.is_null()) {
            return term;
        }
        Term::unknown(&format!("{}.{name}", self.address))
    }

    fn fact(&self, name: &str) -> Term<'w> {
        facts::fact(self.world, self.pack, self.block.map(|block| &*block.provider_key), name)
    }

    fn is_left_to_provider(&self, unknown: &str) -> bool {
        let path = unknown.strip_prefix(self.address).and_then(|rest| rest.strip_prefix('.'));
        path.zip(self.block).is_some_and(|(path, block)| !path.contains(['.', '[']) && !block.sets(path))
    }

    /// A constant of the configuration never stands for an unknown value: what is constant is known. Where they seem to
    /// meet, the plan lists the blocks of a set in another order.
    fn resolve(&self, unknown: &str) -> Option<Term<'w>> {
        let path = unknown.strip_prefix(self.address)?.strip_prefix('.')?;
        if self.world.plan.sources().is_some() {
            return self.written(path);
        }
        let Told::References(references) = self.block?.argument_at(path) else { return None };
        self.world.guess(self.place(), &references, unknown)
    }

    fn resolve_list(&self, unknown: &str) -> Option<Term<'w>> {
        self.written(unknown.strip_prefix(self.address)?.strip_prefix('.')?)
    }
}
