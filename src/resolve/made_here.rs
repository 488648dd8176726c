//! Whether an argument hands over an identity that the same plan makes.
//!
//! Takes an argument and its planned value and returns whether each value that it may have is, as a whole, what an object
//! that this plan makes is known as: what those may do, and who may act as them, is judged where they are made. Where the
//! sources are not at hand, it is the reference of plan JSON that has to lead there, and the planned value to be what it
//! means.

use std::collections::BTreeSet;

use terraform_values::{Identity, Value};

use super::bridge;
use super::instances::key_of;
use super::object::guess::GuessScope;
use super::reference::{Reference, find_single};
use super::world::World;
use crate::plan::configuration::PlanExpression;
use crate::plan::{Expressions, Verb, address};
use crate::rules::RuleMatch;
use crate::value::provenance::Provenance;
use crate::value::{UnknownOrigin, Value as PlanValue};

/// Variables that are followed to their callers, at most: as many as modules may nest.
const MAX_CALLERS: u8 = 16;

/// An argument that may name an identity.
#[derive(Clone, Copy, Debug)]
pub struct ArgumentPlace<'a> {
    /// The address of the object.
    pub address: &'a str,
    /// The module instance.
    pub module: &'a str,
    /// The key of the block's instance, as JSON text.
    pub index: Option<&'a str>,
    /// The block, as its module writes it.
    pub block: &'a str,
    /// The argument: `role`, `network[0].role`.
    pub path: &'a str,
    /// What is planned for it.
    pub value: &'a PlanValue,
}

impl World<'_> {
    /// Whether an argument is nothing but such objects of these types. `Some` holds what the answer yes rests on.
    pub fn made_here(
        &self,
        argument: ArgumentPlace<'_>,
        identities: &BTreeSet<String>,
    ) -> Option<Provenance> {
        let search = Search { world: self, identities };
        match self.plan.sources() {
            Some(_) => {
                let written = self.written_at(argument.address, argument.path)?;
                search.are_made(&written, argument.value).then_some(Provenance::NONE)
            }
            None => search.search_argument(argument, 0),
        }
    }
}

impl World<'_> {
    /// Whether each value of an argument that the plan does not know is such an identity.
    pub fn makes_all(&self, written: &Value, identities: &BTreeSet<String>) -> bool {
        Search { world: self, identities }
            .are_made(written, &PlanValue::Unknown(UnknownOrigin::attribute("", "")))
    }
}

struct Search<'s> {
    world: &'s World<'s>,
    identities: &'s BTreeSet<String>,
}

impl Search<'_> {
    /// Whether each value that the sources write, and that the plan leaves possible, is such an identity.
    fn are_made(&self, written: &Value, planned: &PlanValue) -> bool {
        let planned = match planned {
            PlanValue::Unknown(_) => None,
            known @ (PlanValue::Null
            | PlanValue::Bool(_)
            | PlanValue::Number(_)
            | PlanValue::String(_)
            | PlanValue::List(_)
            | PlanValue::Object(_)) => Some(bridge::of_plan(known, &mut bridge::anything)),
        };
        let is_possible = |one: &&Value| match &planned {
            None => !one.is_null(),
            Some(planned) => one.admits(planned),
        };
        let mut possible = written.alternatives().iter().filter(is_possible).peekable();
        possible.peek().is_some() && possible.all(|one| self.is_identity(one))
    }

    fn is_identity(&self, value: &Value) -> bool {
        if let Some(identity) = value.identity() {
            return self.is_made_object(identity);
        }
        let Some(list) = value.as_sequence() else { return false };
        let mut items = list.items().iter().chain(list.rest()).flat_map(Value::alternatives);
        let is_set = list.rest().is_some() || !list.items().is_empty();
        is_set && items.all(|item| item.is_null() || self.is_identity(item))
    }

    /// Whether an attribute is what an object of this plan is known as, which the plan makes. Whatever else an object holds,
    /// such as a tag or a parameter's value, may name anybody.
    fn is_made_object(&self, identity: &Identity) -> bool {
        let Some((change, _)) = self.world.planned(&identity.address) else { return false };
        let RuleMatch::Rule(_, rule) = self.world.rules.find(&change.type_name, &change.provider) else {
            return false;
        };
        change.verb == Verb::Create
            && self.identities.contains(&*change.type_name)
            && rule.identity.iter().any(|(known, _)| **known == *identity.attribute)
    }

    /// The same by the references of plan JSON.
    fn search_argument(&self, argument: ArgumentPlace<'_>, callers: u8) -> Option<Provenance> {
        let ArgumentPlace { module, index, block, path, value, .. } = argument;
        let plan = self.world.plan;
        let names = address::module_names(module)?;
        let PlanExpression::References(references) =
            plan.configuration.block(&names, block)?.argument_at(path)
        else {
            return None;
        };
        let (reference, is_keyed) = find_single(&references)?;
        let scope = GuessScope::new(self.world, module, index, 0);
        let meant = scope.follow(reference, index.filter(|_| is_keyed));
        // Where the planned value is what the reference means, no expression around it can have changed it.
        let is_known = meant.as_known().is_some_and(|meant| Some(&*meant) == value.as_str());
        let rests_on = match plan.expressions {
            _ if is_known => Provenance::NONE,
            Expressions::Trusted => Provenance::trusted(),
            Expressions::Unseen | Expressions::Written(_) => return None,
        };
        let mut provenance = self.search_reference(module, reference, callers)?;
        provenance.absorb(&rests_on);
        Some(provenance)
    }

    /// Whether a reference is to what an identity of this plan is known as.
    fn search_reference(&self, module: &str, reference: &str, callers: u8) -> Option<Provenance> {
        match Reference::parse(reference)? {
            Reference::Variable(variable) if callers < MAX_CALLERS => {
                let (parent, call) = address::parent(module)?;
                let block = format!("module.{call}");
                let value = &PlanValue::Null;
                let caller = ArgumentPlace {
                    address: "",
                    module: parent,
                    index: key_of(module),
                    block: &block,
                    path: variable,
                    value,
                };
                self.search_argument(caller, callers + 1)
            }
            Reference::Variable(_) | Reference::Output { .. } | Reference::Object { is_data: true, .. } => {
                None
            }
            Reference::Object { is_data: false, type_name, name, attribute } => {
                self.is_made(module, type_name, name, attribute?).then_some(Provenance::NONE)
            }
        }
    }

    /// Whether an attribute is an identity of an object, all instances of which the plan makes.
    fn is_made(&self, module: &str, type_name: &str, name: &str, attribute: &str) -> bool {
        let block = || {
            let target = format!("{type_name}.{}", name.split('[').next()?);
            self.world.plan.configuration.block(&address::module_names(module)?, &target)
        };
        let Some(block) = block() else { return false };
        let mut instances = self.world.plan.changes.iter().filter(|change| {
            change.module == module && self.world.block(change).is_some_and(|its| std::ptr::eq(its, block))
        });
        let Some(first) = instances.next() else { return false };
        let RuleMatch::Rule(_, rule) = self.world.rules.find(type_name, &first.provider) else {
            return false;
        };
        self.identities.contains(type_name)
            && rule.identity.iter().any(|(known, _)| known == attribute)
            && first.verb == Verb::Create
            && instances.all(|change| change.verb == Verb::Create)
    }
}
