//! An object of the plan, as rules see it: its attributes, its block, and the rule that reads it.
//!
//! What the plan leaves unknown is what the sources say (`attributes`), or, where the sources are not at hand, what
//! the references of plan JSON seem to lead to (`guess`).

pub(super) mod guess;

use super::world::World;
use crate::plan::configuration::{ConfiguredBlock, PlanExpression};
use crate::plan::{ResourceChange, Values, address};
use crate::possible::Possible;
use crate::rules::evaluate::{evaluate, known};
use crate::rules::expression::{Root, Step};
use crate::rules::scope::Scope;
use crate::rules::{Rule, RulePack};
use crate::sources::Lookup;
use crate::value::provenance::Provenance;
use crate::value::{UnknownOrigin, Value};
use guess::GuessScope;
use spanned_hcl::ReferenceStep;

/// Identities that are asked for while one is found, at most: a rule's identity may name another attribute of its own
/// object, and so on.
const MAX_DEPTH: u8 = 16;

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

    /// The same object, as another rule reads it.
    pub fn read_by(self, pack: &'w RulePack, rule: &'w Rule) -> Self {
        Self { pack, rule, ..self }
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

    /// An attribute, or what stands for it where it is unknown.
    fn attribute(&self, name: &str) -> Possible<'w> {
        if let Value::Unknown(_) = &self.values.object {
            return Possible::unknown(UnknownOrigin::attribute(self.address, name));
        }
        let value = known(Possible::borrowed(self.values.object.get(name)), self);
        self.mark_sensitive(name, value)
    }

    /// What the object is known as: `self.arn`.
    pub fn identity(&self, name: &str) -> Possible<'w> {
        let value = self.values.object.get(name);
        if !matches!(value, Value::Unknown(_) | Value::Null) {
            return self.mark_sensitive(name, Possible::borrowed(value));
        }
        // What the configuration chooses is not what the provider would have chosen.
        if matches!(value, Value::Unknown(_)) && !self.leaves_to_provider(name) {
            return known(Possible::borrowed(value), self);
        }
        self.find_provided(name)
            .unwrap_or_else(|| Possible::unknown(UnknownOrigin::attribute(self.address, name)))
    }

    /// What stands within the nested blocks of such an attribute: `identity[0].oidc[0].issuer`.
    pub(super) fn nested_identity(&self, name: &str, steps: &[ReferenceStep], path: &str) -> Possible<'w> {
        let planned = step_into(self.identity(name), steps);
        if planned.as_unknown().is_none() {
            return planned;
        }
        let own = Possible::unknown(UnknownOrigin::attribute(self.address, path));
        if !self.leaves_to_provider(path) {
            let found = known(own.clone(), self);
            return if found.as_unknown().is_some() { own } else { found };
        }
        let provided = self.find_provided(name).map(|provided| step_into(provided, steps));
        provided.filter(|provided| provided.as_unknown().is_none() && !provided.is_null()).unwrap_or(own)
    }

    /// What the rule says that an attribute is which the provider gives.
    pub fn find_provided(&self, name: &str) -> Option<Possible<'w>> {
        let (_, expr) = self.rule.identity.iter().find(|(known, _)| known == name)?;
        if self.depth >= MAX_DEPTH {
            return None;
        }
        let identity = evaluate(expr, &Object { depth: self.depth + 1, ..*self }, None);
        let identity = if expr.is_list_of_texts() { Possible::one_of(identity.elements()) } else { identity };
        (!identity.is_null() || !identity.is_certain()).then_some(identity)
    }

    /// Whether the configuration certainly leaves an argument to the provider.
    pub fn leaves_to_provider(&self, path: &str) -> bool {
        if let Some(leaves) = self.world.leaves_to_provider(self.address, path) {
            return leaves;
        }
        self.block.is_some_and(|block| block.leaves_to_provider(path, &self.values.object))
            && self.may_be_dynamic(path) != Some(true)
    }

    /// A fact of the place that the object lands in: `fact.account`.
    pub fn fact(&self, name: &str) -> Possible<'w> {
        let provider_key = self.block.map(|block| &*block.provider_key);
        Possible::text(self.world.facts.find_fact(self.world, self.pack, provider_key, name))
    }

    /// The value of an attribute, marked where it must not be printed. Null is no secret.
    fn mark_sensitive(&self, attribute: &str, value: Possible<'w>) -> Possible<'w> {
        let is_null = matches!(self.values.object.get(attribute), Value::Null);
        if self.values.is_sensitive(attribute) && !is_null {
            value.resting_on(&Provenance::sensitive())
        } else {
            value
        }
    }
}

/// What stands at the end of some steps.
fn step_into<'w>(value: Possible<'w>, steps: &[ReferenceStep]) -> Possible<'w> {
    steps.iter().fold(value, |value, step| match step {
        ReferenceStep::Attribute(name) | ReferenceStep::Key(name) => value.member(name),
        ReferenceStep::Index(at) => usize::try_from(*at).map_or(Possible::NULL, |at| value.element(at)),
    })
}

impl<'w> Scope<'w> for Object<'w> {
    fn start<'s>(&self, root: &Root, steps: &'s [Step]) -> (Possible<'w>, &'s [Step]) {
        let value = match root {
            Root::Attribute(name) => self.attribute(name),
            Root::Identity(name) => self.identity(name),
            Root::Fact(name) => self.fact(name),
            Root::Address => Possible::known(self.address),
            Root::Type => Possible::known(self.type_name),
            Root::Each => Possible::NULL,
        };
        (value, steps)
    }

    fn attributes(&self) -> &'w Value {
        &self.values.object
    }

    fn timestamp(&self) -> &str {
        self.world.plan.timestamp.as_deref().unwrap_or_default()
    }

    fn is_left_to_provider(&self, unknown: &UnknownOrigin) -> bool {
        unknown.path_in(self.address).is_some_and(|path| self.leaves_to_provider(path))
    }

    /// A constant of the configuration never stands for an unknown value: what is constant is known. Where they seem to
    /// meet, the plan lists the blocks of a set in another order.
    fn resolve(&self, unknown: &UnknownOrigin) -> Option<Possible<'w>> {
        let path = unknown.path_in(self.address)?;
        if self.world.plan.sources().is_some() {
            return self.world.find_resolved(self.address, path);
        }
        let PlanExpression::References(references) = self.block?.argument_at(path) else { return None };
        let scope = GuessScope::new(self.world, self.module, self.index, self.depth);
        let guess = scope.guess(&references, &unknown.to_string())?;
        if guess.is_unread() {
            Some(Possible::unknown(unknown.clone()).resting_on(&guess.provenance()))
        } else {
            Some(guess)
        }
    }

    fn resolve_list(&self, unknown: &UnknownOrigin) -> Option<Possible<'w>> {
        self.world.find_resolved(self.address, unknown.path_in(self.address)?)
    }
}
