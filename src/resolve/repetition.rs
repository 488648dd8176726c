//! How often a block or a module call stands for an object or a module: once, by `count`, or by `for_each`.

use terraform_values::{Budget, Hole, MappingKind, Outcome, SequenceKind, Shape, Step, Value};

use super::instances::InstanceKey;
use super::scope::{ModuleScope, unclear};
use super::world::World;
use crate::sources::{Lookup, WrittenBody};

/// How a block is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repetition {
    /// It is not.
    Once,
    /// `count`: a tuple of instances.
    Count,
    /// `for_each`: an object of instances.
    ForEach,
}

/// The instances of a block or a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Keys {
    /// Just these, in order.
    Exactly(Vec<InstanceKey>),
    /// These, and perhaps others.
    AtLeast(Vec<InstanceKey>),
}

/// What the next step of a reference means, behind the name of a block or a call.
pub(super) enum Selection<'s, 'e> {
    /// One instance, which may be missing; and the steps behind it.
    One { key: InstanceKey, may_be_missing: bool, rest: &'s [Step<'e>], taken: usize },
    /// There is no such instance.
    Missing { taken: usize },
    /// All of them; and the steps behind, where the next one is a splat.
    All,
}

impl<'w> World<'w> {
    /// How a block or call is repeated. `None` where it is not read.
    pub(super) fn find_repetition(&self, module: &str, block: &str) -> Option<Repetition> {
        let body = self.body(module, block)?;
        let has = |name| match body.argument(name) {
            Lookup::Written(_) => Some(true),
            Lookup::Absent => Some(false),
            Lookup::Computed(_) | Lookup::Unreadable(_) => None,
        };
        match (has("count")?, has("for_each")?) {
            (false, false) => Some(Repetition::Once),
            (true, false) => Some(Repetition::Count),
            (false, true) => Some(Repetition::ForEach),
            (true, true) => None,
        }
    }

    /// What stands in a block.
    pub(super) fn body(&self, module: &str, block: &str) -> Option<WrittenBody<'w>> {
        self.plan.sources()?.find_body(&self.module_names(module)?, block).written()
    }

    /// What a block is repeated for.
    fn evaluate_repeated(
        &'w self,
        module: &str,
        block: &str,
        argument: &str,
        budget: &Budget,
    ) -> Option<Value> {
        let expression = self.body(module, block)?.argument(argument).written()?;
        let evaluate = || ModuleScope::of_module(self, module).evaluate(expression, budget).into();
        let name = format!("{block}.{argument}");
        Some(self.memo.get_or_evaluate(module, &name, budget, evaluate).into_value())
    }

    /// `each.value` of an instance.
    pub(super) fn evaluate_element(&'w self, module: &str, block: &str, key: &str, budget: &Budget) -> Value {
        let Some(all) = self.evaluate_repeated(module, block, "for_each", budget) else {
            return unclear("each.value");
        };
        let of_one = |all: &Value| -> Option<Value> {
            match all.shape() {
                Shape::Mapping(mapping) => mapping.get(key).or(mapping.rest()).cloned(),
                Shape::Sequence(sequence) if sequence.kind() == SequenceKind::Set => Some(key.into()),
                // Terraform takes maps, objects and sets of text; of a list it is not known what is meant.
                Shape::Sequence(sequence) => sequence.element(),
                Shape::Anything(hole) => {
                    Some(Value::anything(hole.computed("each.value", Default::default())))
                }
                Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::OneOf(_) => None,
            }
        };
        let marks = all.marks().clone();
        let elements: Vec<Value> = all.alternatives().iter().filter_map(of_one).collect();
        if elements.is_empty() {
            return unclear("each.value");
        }
        Value::one_of(elements).with_marks(&marks)
    }

    /// The instances of a block, of which `known` are seen: those that its `count` or `for_each` makes, where that is known.
    pub(super) fn list_keys(
        &'w self,
        module: &str,
        block: &str,
        repetition: Repetition,
        known: Vec<InstanceKey>,
        budget: &Budget,
    ) -> Keys {
        let exact = match repetition {
            Repetition::Once => Some(vec![InstanceKey::None]),
            Repetition::Count => {
                let count = self.evaluate_repeated(module, block, "count", budget);
                let count = count.and_then(|count| count.as_number()?.to_usize());
                count
                    .filter(|count| *count <= MAX_KEYS)
                    .map(|count| (0..count).map(InstanceKey::Number).collect())
            }
            Repetition::ForEach => {
                self.evaluate_repeated(module, block, "for_each", budget).and_then(|all| names_of(&all))
            }
        };
        exact.map_or(Keys::AtLeast(known), Keys::Exactly)
    }
}

/// Instances of one block, at most: as many values as one value may hold.
const MAX_KEYS: usize = terraform_values::MAX_SIZE;

/// The names of the members of an object, or the texts of a set, where all are known.
fn names_of(all: &Value) -> Option<Vec<InstanceKey>> {
    match all.shape() {
        Shape::Mapping(mapping) if mapping.rest().is_none() => {
            Some(mapping.members().keys().map(|name| InstanceKey::Text((**name).into())).collect())
        }
        Shape::Sequence(sequence) if sequence.kind() == SequenceKind::Set && sequence.rest().is_none() => {
            let texts = sequence
                .items()
                .iter()
                .map(|item| item.known_text().map(|text| InstanceKey::Text(text.into())));
            let mut texts = texts.collect::<Option<Vec<_>>>()?;
            texts.sort();
            Some(texts)
        }
        Shape::Anything(_)
        | Shape::Null(_)
        | Shape::Bool(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Sequence(_)
        | Shape::Mapping(_)
        | Shape::OneOf(_) => None,
    }
}

impl Keys {
    /// Reads the step behind the name of a block. `None` where it is not known which instance is meant.
    pub(super) fn select<'s, 'e>(
        &self,
        repetition: Repetition,
        steps: &'s [Step<'e>],
    ) -> Option<Selection<'s, 'e>> {
        if repetition == Repetition::Once {
            let key = InstanceKey::None;
            return Some(Selection::One { key, may_be_missing: false, rest: steps, taken: 0 });
        }
        let Some(Step::Index(index)) = steps.first() else { return Some(Selection::All) };
        let key = match (repetition, index.shape()) {
            (Repetition::Count, Shape::Number(number)) => InstanceKey::Number(number.to_usize()?),
            (Repetition::ForEach, Shape::Text(text)) => match text.as_known() {
                Some(text) => InstanceKey::Text(text.into()),
                None => return Some(Selection::All),
            },
            _ => return Some(Selection::All),
        };
        let rest = steps.get(1..).unwrap_or_default();
        Some(match self {
            Self::Exactly(keys) | Self::AtLeast(keys) if keys.contains(&key) => {
                Selection::One { key, may_be_missing: false, rest, taken: 1 }
            }
            Self::AtLeast(_) => Selection::One { key, may_be_missing: true, rest, taken: 1 },
            Self::Exactly(_) => Selection::Missing { taken: 1 },
        })
    }

    /// The value of all instances, of each of which `of` gives one.
    pub(super) fn collect(
        &self,
        repetition: Repetition,
        mut of: impl FnMut(&InstanceKey) -> Value,
    ) -> Outcome {
        let Self::Exactly(keys) = self else {
            return Outcome::unsure(Hole::unreadable("instances of which not all are known"));
        };
        match repetition {
            Repetition::Once => of(&InstanceKey::None).into(),
            Repetition::Count => Value::tuple(keys.iter().map(of).collect()).into(),
            Repetition::ForEach => {
                let members = keys.iter().filter_map(|key| match key {
                    InstanceKey::Text(name) => Some((std::sync::Arc::from(&**name), of(key))),
                    InstanceKey::None | InstanceKey::Number(_) => None,
                });
                Value::mapping(MappingKind::Object, members.collect(), None).into()
            }
        }
    }
}
