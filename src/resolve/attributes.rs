//! Objects of the plan as values of Terraform's language.
//!
//! What the plan knows of an attribute goes first. What it leaves unknown is what the sources write for the argument, then
//! what the object's rule says that a reference means, else a hole with the attribute's name. Every attribute has its
//! identity, so that whoever gets it, by whatever way, knows which attribute of which object it is.

use std::sync::Arc;

use terraform_values::{Budget, Found, Hole, Identity, MappingKind, Marks, Outcome, Shape, Step, Value};

use super::bridge;
use super::instances::{BlockInstances, InstanceKey, ObjectPlace};
use super::object::Object;
use super::provider_part::left_to_provider;
use super::repetition::{Keys, Repetition, Selection};
use super::scope::ModuleScope;
use super::world::World;
use super::written::{fill_planned, says_nothing};
use crate::plan::{ObjectMode, ResourceChange, Values};
use crate::rules::RuleMatch;
use crate::rules::expression::Expr;
use crate::value::Value as PlanValue;

impl<'w> World<'w> {
    /// Objects of a block of a module instance: one of them, one attribute, or all.
    pub(super) fn find_objects(
        &'w self,
        module: &str,
        block: &str,
        steps: &[Step<'_>],
        budget: &Budget,
    ) -> Option<Found> {
        let repetition = self.find_repetition(module, block)?;
        let none = BlockInstances::new();
        let instances = self.instances().of_block(module, block).unwrap_or(&none);
        let known: Vec<InstanceKey> = instances.keys().cloned().collect();
        // A plan shows every instance of a block, unless it was made for some of the objects only.
        let keys = match repetition {
            Repetition::Once => Keys::Exactly(vec![InstanceKey::None]),
            // Old versions do not list every data source that was read.
            Repetition::Count | Repetition::ForEach
                if self.is_complete && !(known.is_empty() && block.starts_with("data.")) =>
            {
                Keys::Exactly(known)
            }
            Repetition::Count | Repetition::ForEach => {
                self.list_keys(module, block, repetition, known, budget)
            }
        };
        let unseen = || Value::anything(Hole::unknown(format!("{block} of {module}")));
        let whole = |key: &InstanceKey| match instances.get(key) {
            Some(place) => self.read_whole(*place, budget),
            None => unseen(),
        };
        let attribute = |key: &InstanceKey, name: &str| match instances.get(key) {
            Some(place) => self.attribute_of(*place, name, budget),
            None => unseen().into(),
        };
        Some(match keys.select(repetition, steps)? {
            Selection::Missing { taken } => Found { outcome: Outcome::FAILS, steps: taken },
            Selection::One { key, may_be_missing, rest, taken } => {
                let (outcome, more) = match rest.first() {
                    Some(Step::Attribute(name)) => (attribute(&key, name), 1),
                    _ => (whole(&key).into(), 0),
                };
                let outcome = if may_be_missing { outcome.or_failure() } else { outcome };
                Found { outcome, steps: taken + more }
            }
            Selection::All => match steps {
                [Step::Splat, Step::Attribute(name)] if repetition == Repetition::Count => {
                    let outcome = keys.collect(repetition, |key| attribute(key, name).into_value());
                    Found { outcome, steps: 2 }
                }
                _ => Found { outcome: keys.collect(repetition, whole), steps: 0 },
            },
        })
    }

    /// An object with all of its attributes.
    fn read_whole(&'w self, place: ObjectPlace, budget: &Budget) -> Value {
        let (address, values) = match place {
            ObjectPlace::Prior(at) => {
                let Some(object) = self.plan.prior.get(at) else { return super::scope::unclear("an object") };
                (&*object.address, self.prior_values(at))
            }
            ObjectPlace::Change(at) => {
                let Some((change, values)) = self.planned_at(at) else {
                    return super::scope::unclear("an object");
                };
                (&*change.address, &values.object)
            }
        };
        let PlanValue::Object(members) = values else {
            return Value::anything(Hole::attribute(address, ""));
        };
        let attribute = |name: &str| self.attribute_of(place, name, budget).into_value();
        let members = members.iter().map(|(name, _)| (Arc::from(&**name), attribute(name)));
        Value::mapping(MappingKind::Object, members.collect(), Some(left_to_provider()))
    }

    /// One attribute of an object.
    pub(super) fn attribute_of(&'w self, place: ObjectPlace, name: &str, budget: &Budget) -> Outcome {
        match place {
            ObjectPlace::Prior(at) => self.prior_attribute(at, name),
            ObjectPlace::Change(at) => {
                let Some((change, values)) = self.planned_at(at) else {
                    return super::scope::unclear("an object").into();
                };
                self.memo.get_or_evaluate(&change.address, name, budget, || {
                    self.planned_attribute(change, values, name, budget).into()
                })
            }
        }
    }

    fn prior_attribute(&self, at: usize, name: &str) -> Outcome {
        let Some(object) = self.plan.prior.get(at) else { return super::scope::unclear("an object").into() };
        let values = self.prior_values(at);
        let value = match values {
            PlanValue::Object(members) if members.iter().any(|(known, _)| **known == *name) => {
                bridge::of_plan(values.get(name), &mut bridge::anything)
            }
            PlanValue::Null
            | PlanValue::Bool(_)
            | PlanValue::Number(_)
            | PlanValue::String(_)
            | PlanValue::List(_)
            | PlanValue::Object(_)
            | PlanValue::Unknown(_) => Value::anything(Hole::attribute(&*object.address, name)),
        };
        let marks = if object.is_sensitive(name) { Marks::SENSITIVE } else { Marks::NONE };
        value.with_marks(&marks).with_identity(identity(&object.address, name)).into()
    }

    /// An attribute of an object that is planned.
    fn planned_attribute(
        &'w self,
        change: &'w ResourceChange<'w>,
        values: &'w Values,
        name: &str,
        budget: &Budget,
    ) -> Value {
        let address = &*change.address;
        let planned = match &values.object {
            PlanValue::Object(members) => members.iter().find(|(known, _)| **known == *name),
            PlanValue::Null
            | PlanValue::Bool(_)
            | PlanValue::Number(_)
            | PlanValue::String(_)
            | PlanValue::List(_)
            | PlanValue::Unknown(_) => None,
        };
        let value = match planned {
            None | Some((_, PlanValue::Unknown(_))) => {
                let written = self.find_written(change, name, budget);
                let value = self.fill(change, values, name, written);
                return bridge::name_holes(&value, &address.into(), name).with_marks(&marks(values, name));
            }
            Some((_, planned)) if planned.has_unknown() => {
                let written = self.find_written(change, name, budget);
                fill_planned(planned, written.as_ref(), name, &self.ordered_blocks(change))
            }
            Some((_, planned)) => {
                let planned = bridge::of_plan(planned, &mut bridge::anything);
                let spelled = self.list_spellings(change, values, name);
                Value::one_of([vec![planned], spelled].concat())
            }
        };
        value.with_identity(identity(address, name)).with_marks(&marks(values, name))
    }

    /// What the sources write for an attribute of an object: null where they do not mention it. `None` where they are not at
    /// hand.
    pub(super) fn find_written(
        &'w self,
        change: &ResourceChange<'_>,
        name: &str,
        budget: &Budget,
    ) -> Option<Value> {
        let prefix = if change.mode == ObjectMode::Data { "data." } else { "" };
        let block = format!("{prefix}{}.{}", change.type_name, change.name);
        let body = self.body(&change.module, &block)?;
        let key = InstanceKey::of_json(change.index.map(serde_json::value::RawValue::get))?;
        let evaluate = || {
            let scope = ModuleScope::of_instance(self, &change.module, &block, &key);
            scope.find_written(body, name, budget).unwrap_or(Value::NULL).into()
        };
        let name = format!("written.{name}");
        Some(self.memo.get_or_evaluate(&change.address, &name, budget, evaluate).into_value())
    }

    /// What an attribute is that the plan does not know, with what is written for it.
    fn fill(
        &'w self,
        change: &'w ResourceChange<'w>,
        values: &'w Values,
        name: &str,
        written: Option<Value>,
    ) -> Value {
        let own = identity(&change.address, name);
        let anything = || Value::anything(Hole::attribute(&*change.address, name)).with_identity(own.clone());
        let Some(written) = written else { return anything() };
        let marks = written.marks().clone();
        let mut filled = Vec::new();
        for one in written.alternatives() {
            match one.shape() {
                _ if says_nothing(one) => filled.push(self.find_provided(change, values, name)),
                Shape::Anything(_) if one.identity().is_none() => filled.push(anything()),
                _ if one.identity().is_none() => filled.push(one.clone().with_identity(own.clone())),
                Shape::Anything(_)
                | Shape::Null(_)
                | Shape::Bool(_)
                | Shape::Number(_)
                | Shape::Text(_)
                | Shape::Sequence(_)
                | Shape::Mapping(_)
                | Shape::OneOf(_) => filled.push(one.clone()),
            }
        }
        Value::one_of(filled).with_marks(&marks)
    }

    /// What the provider gives for an attribute that the configuration leaves to it.
    fn find_provided(&'w self, change: &'w ResourceChange<'w>, values: &'w Values, name: &str) -> Value {
        let own = identity(&change.address, name);
        let known = match self.rules.find(&change.type_name, &change.provider) {
            RuleMatch::Rule(pack, rule) if change.mode == ObjectMode::Managed => {
                Object::new(self, change, values, pack, rule).find_provided(name)
            }
            // A data source finds what somebody else made, which a rule for what this provider makes says nothing of:
            // `data.aws_iam_policy` by name may find a policy that AWS wrote, `data.aws_kms_key` a key of another account.
            RuleMatch::Rule(..)
            | RuleMatch::Listed(..)
            | RuleMatch::Foreign(_)
            | RuleMatch::Unknown(_)
            | RuleMatch::None => None,
        };
        let known = known.map(bridge::of_possible).or_else(|| self.fact_of_data(change, name));
        known.unwrap_or_else(|| Value::anything(Hole::attribute(&*change.address, name))).with_identity(own)
    }

    /// Other spellings of an attribute that the plan knows: those that its rule lists, of which the provider keeps one.
    fn list_spellings(
        &'w self,
        change: &'w ResourceChange<'w>,
        values: &'w Values,
        name: &str,
    ) -> Vec<Value> {
        let RuleMatch::Rule(pack, rule) = self.rules.find(&change.type_name, &change.provider) else {
            return Vec::new();
        };
        let is_listed = |(known, expr): &(String, Expr)| known == name && expr.is_list_of_texts();
        if !rule.identity.iter().any(is_listed) {
            return Vec::new();
        }
        let provided = Object::new(self, change, values, pack, rule).find_provided(name);
        provided.map(bridge::of_possible).into_iter().collect()
    }

    /// What a data source without arguments says of the place that its provider configuration reaches, though it is read
    /// only during the apply.
    fn fact_of_data(&'w self, change: &ResourceChange<'_>, name: &str) -> Option<Value> {
        let block = self.block(change).filter(|block| change.mode == ObjectMode::Data && block.is_plain())?;
        let packs = self.rules.packs().iter().filter(|pack| pack.reads(&change.provider));
        let mut facts = packs.flat_map(|pack| pack.facts.iter().map(move |fact| (pack, fact)));
        let (pack, fact) = facts.find(|(_, fact)| {
            let says = |data: &Option<(String, String)>| {
                data.as_ref().is_some_and(|(of, attribute)| *of == *change.type_name && attribute == name)
            };
            says(&fact.data) || says(&fact.fallback)
        })?;
        let text = self.facts.find_fact(self, pack, Some(&block.provider_key), &fact.name);
        let marks = if text.provenance.is_sensitive() { Marks::SENSITIVE } else { Marks::NONE };
        text.provenance.is_certain().then(|| Value::from(bridge::of_text(&text)).with_marks(&marks))
    }

    /// The nested blocks that a plan lists in the order of the sources.
    pub(super) fn ordered_blocks(&self, change: &ResourceChange<'_>) -> Vec<String> {
        let packs = self.rules.packs().iter().filter(|pack| pack.reads(&change.provider));
        packs.flat_map(|pack| pack.ordered_blocks.iter().cloned()).collect()
    }
}

fn identity(address: &str, attribute: &str) -> Identity {
    Identity { address: Arc::from(address), attribute: attribute.into() }
}

fn marks(values: &Values, name: &str) -> Marks {
    if values.is_sensitive(name) { Marks::SENSITIVE } else { Marks::NONE }
}
