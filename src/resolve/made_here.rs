//! Whether an argument names an identity that the same plan makes.
//!
//! Takes a block's argument and its planned value and returns whether the argument is nothing but a reference to
//! objects that this plan makes: what those may do, and who may act as them, is judged where they are made.

use std::collections::BTreeSet;

use super::follow::ModuleScope;
use super::reference::{Reference, key_of, single};
use super::source_expression::{compile_source, render_reference};
use super::world::World;
use crate::plan::configuration::PlanExpression;
use crate::plan::{Expressions, Verb, address};
use crate::rules::expression::{Expr, Root};
use crate::rules::{RuleMatch, RulePack};
use crate::value::Value;
use crate::value::provenance::Provenance;

/// Variables that are followed to their callers, at most: as many as modules may nest.
const MAX_CALLERS: u8 = 16;

/// An argument that may name an identity.
#[derive(Clone, Copy, Debug)]
pub struct ArgumentPlace<'a> {
    /// The module instance.
    pub module: &'a str,
    /// The key of the block's instance, as JSON text.
    pub index: Option<&'a str>,
    /// The block, as its module writes it.
    pub block: &'a str,
    /// The argument: `role`, `network[0].role`.
    pub path: &'a str,
    /// What is planned for it. Where it is known and is what plan JSON's reference means, no expression around that
    /// reference can have changed it.
    pub value: &'a Value,
    /// The pack that reads the block; none for a module call.
    pub pack: Option<&'a RulePack>,
}

impl World<'_> {
    /// Whether an argument is nothing but a reference to such objects of these types. `Some` holds what the answer yes
    /// rests on.
    pub fn made_here(
        &self,
        argument: ArgumentPlace<'_>,
        identities: &BTreeSet<String>,
    ) -> Option<Provenance> {
        Search { world: self, identities }.argument(argument, 0)
    }
}

struct Search<'s> {
    world: &'s World<'s>,
    identities: &'s BTreeSet<String>,
}

impl Search<'_> {
    fn argument(&self, argument: ArgumentPlace<'_>, callers: u8) -> Option<Provenance> {
        let ArgumentPlace { module, index, block, path, value, pack } = argument;
        let plan = self.world.plan;
        if plan.sources().is_some() {
            let expression = self.world.source_argument(module, block, path, pack)?;
            let Expr::Path(Root::Source(first), steps) = compile_source(expression)? else { return None };
            return self.reference(module, &render_reference(&first, &steps)?.0, callers);
        }
        let names = address::module_names(module)?;
        let PlanExpression::References(references) =
            plan.configuration.block(&names, block)?.argument_at(path)
        else {
            return None;
        };
        let (reference, is_keyed) = single(&references)?;
        let scope = ModuleScope { world: self.world, module, index, depth: 0 };
        let meant = scope.follow(reference, index.filter(|_| is_keyed));
        let is_known = meant.as_known().is_some_and(|meant| Some(&*meant) == value.as_str());
        let rests_on = match plan.expressions {
            _ if is_known => Provenance::NONE,
            Expressions::Trusted => Provenance::trusted(),
            Expressions::Unseen | Expressions::Written(_) => return None,
        };
        let mut provenance = self.reference(module, reference, callers)?;
        provenance.absorb(&rests_on);
        Some(provenance)
    }

    /// Whether a reference is to what an identity of this plan is known as. Whatever else an object holds, such as a tag
    /// or a parameter's value, may name anybody.
    fn reference(&self, module: &str, reference: &str, callers: u8) -> Option<Provenance> {
        match Reference::parse(reference)? {
            Reference::Variable(variable) if callers < MAX_CALLERS => {
                let (parent, call) = address::parent(module)?;
                let block = format!("module.{call}");
                let value = &Value::Null;
                let caller = ArgumentPlace {
                    module: parent,
                    index: key_of(module),
                    block: &block,
                    path: variable,
                    value,
                    pack: None,
                };
                self.argument(caller, callers + 1)
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
