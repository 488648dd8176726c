//! What the sources write for an argument of an object, as a value.
//!
//! Nested blocks are a list of objects, and a `dynamic` block is as many of them as its `for_each` has elements. A path of
//! the plan (`statement[1].actions`) then leads into that list; where the provider gives the blocks an order of its own,
//! each of them may be the one.

use std::sync::Arc;

use terraform_values::{Budget, Hole, HoleShape, MappingKind, Sequence, SequenceKind, Shape, Value};

use super::bridge;
use super::matching::{MAX_COMPARED, match_elements};
use super::provider_part::{is_left_to_provider, left_to_provider};
use super::scope::{ModuleScope, unclear};
use crate::sources::{Lookup, WrittenBlock, WrittenBody};
use crate::value::Value as PlanValue;

/// The value of an expression. That it is what the provider fills in of another object says nothing of this one.
fn as_written(value: Value) -> Value {
    if !value.alternatives().iter().any(is_left_to_provider) {
        return value;
    }
    Value::anything(Hole::unknown("an attribute that the provider fills in")).with_marks(&value.all_marks())
}

/// Whether the configuration says nothing: null, and no block.
pub(super) fn says_nothing(value: &Value) -> bool {
    let is_empty = |sequence: &Sequence| sequence.items().is_empty() && sequence.rest().is_none();
    value.is_null() || value.as_sequence().is_some_and(is_empty)
}

/// Whether what is written says more of a value than the plan, which does not know it: part of it, or of which object it is
/// an attribute.
fn says_more(written: &Value) -> bool {
    let is_named = written.identity().is_some() || !written.is_anything();
    is_named && !says_nothing(written)
}

/// Nested blocks of one name.
#[derive(Default)]
struct BlockList {
    /// The first of them, in order.
    items: Vec<Value>,
    /// What any other may be, from the first on of which it is not known how many there are.
    others: Vec<Value>,
}

impl BlockList {
    fn push(&mut self, block: Value) {
        if self.others.is_empty() { self.items.push(block) } else { self.others.push(block) }
    }
}

impl ModuleScope<'_, '_> {
    /// What a body says of one of its attributes. `None` where it does not mention it.
    pub(super) fn find_written(&self, body: WrittenBody<'_>, name: &str, budget: &Budget) -> Option<Value> {
        match body.argument(name) {
            Lookup::Written(expression) => return Some(as_written(self.evaluate(expression, budget))),
            Lookup::Computed(_) | Lookup::Unreadable(_) => return Some(unclear(name)),
            Lookup::Absent => {}
        }
        let mut blocks = body.blocks().filter(|block| block.name == name).peekable();
        blocks.peek()?;
        let mut list = BlockList::default();
        for block in blocks {
            self.add_blocks(block, &mut list, budget);
        }
        let rest = (!list.others.is_empty()).then(|| Value::one_of(list.others));
        Some(Value::sequence(SequenceKind::Tuple, list.items, rest))
    }

    /// A body as an object of everything that stands in it.
    fn read_body(&self, body: WrittenBody<'_>, budget: &Budget) -> Value {
        if body.unread().is_some() {
            return unclear("a block that is not read");
        }
        let mut members: Vec<(&str, Value)> = Vec::new();
        let arguments = body.arguments().map(|(name, _)| name);
        for name in arguments.chain(body.blocks().map(|block| block.name)) {
            let is_known = members.iter().any(|(known, _)| *known == name);
            let value = (!is_known).then(|| self.find_written(body, name, budget)).flatten();
            if let Some(value) = value.filter(|value| !says_nothing(value)) {
                members.push((name, value));
            }
        }
        let members = members.into_iter().map(|(name, value)| (Arc::from(name), value)).collect();
        Value::mapping(MappingKind::Object, members, Some(left_to_provider()))
    }

    fn add_blocks(&self, block: WrittenBlock<'_>, list: &mut BlockList, budget: &Budget) {
        if !block.is_dynamic {
            list.push(self.read_body(block.body, budget));
            return;
        }
        let Some(dynamic) = block.dynamic() else { return list.others.push(unclear(block.name)) };
        let all = self.evaluate(dynamic.for_each, budget);
        let made = |key: Value, value: Value| {
            let mut inside = self.clone();
            let element = Value::object([("key", key), ("value", value)]).with_marks(all.marks());
            inside.iterators.push((dynamic.iterator.to_owned(), element));
            inside.read_body(dynamic.content, budget)
        };
        let is_counted = all.alternatives().len() == 1;
        for one in all.alternatives() {
            for (key, value, is_sure) in list_elements(one) {
                let block = made(key, value);
                if is_sure && is_counted { list.push(block) } else { list.others.push(block) }
            }
        }
    }
}

/// The elements of what a block is made for: key, value, and whether there is just one such element, in this place.
fn list_elements(all: &Value) -> Vec<(Value, Value, bool)> {
    let any = |element: &Value| (unclear("a key"), element.clone(), false);
    match all.shape() {
        Shape::Anything(hole) => vec![any(&Value::anything(hole.computed("an element", HoleShape::Any)))],
        Shape::Sequence(sequence) => {
            let is_sure = sequence.is_ordered() && sequence.exact_len().is_some();
            let items = sequence.items().iter().enumerate().map(|(at, item)| {
                let key = match sequence.kind() {
                    SequenceKind::Set => item.clone(),
                    SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple => {
                        terraform_values::Number::from(at).into()
                    }
                    SequenceKind::Unsure => unclear("a key"),
                };
                (key, item.clone(), is_sure)
            });
            items.chain(sequence.rest().map(any)).collect()
        }
        Shape::Mapping(mapping) => {
            let is_sure = mapping.rest().is_none();
            let members = mapping.members().iter();
            let members = members.map(|(name, member)| (Value::from(&**name), member.clone(), is_sure));
            members.chain(mapping.rest().map(any)).collect()
        }
        // Terraform refuses these.
        Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::OneOf(_) => Vec::new(),
    }
}

/// One step of a path into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PathStep<'p> {
    Member(&'p str),
    Element(usize),
}

/// The steps of `statement[1].actions`.
fn split_steps(path: &str) -> impl Iterator<Item = PathStep<'_>> {
    path.split(['.', '[']).filter(|step| !step.is_empty()).map(|step| {
        match step.strip_suffix(']').and_then(|at| at.parse().ok()) {
            Some(at) => PathStep::Element(at),
            None => PathStep::Member(step),
        }
    })
}

/// Whether the elements of a list stand where a path of the plan says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Order<'o> {
    /// The value is that of the plan.
    AsPlanned,
    /// The value is written in the sources. These name the blocks that a plan lists in their order; of others each element
    /// may be the one.
    AsWritten(&'o [String]),
}

/// What stands at a path below the value of the attribute `top`. `None` where nothing stands there.
pub(super) fn value_at(value: &Value, top: &str, path: &str, order: Order<'_>) -> Option<Value> {
    let mut found = value.clone();
    let mut list = top;
    if path.is_empty() {
        return Some(found);
    }
    for step in split_steps(path) {
        let is_ordered = match order {
            Order::AsPlanned => true,
            Order::AsWritten(ordered) => ordered.iter().any(|name| name == list),
        };
        found = step_into(&found, step, is_ordered)?;
        if let PathStep::Member(name) = step {
            list = name;
        }
    }
    Some(found)
}

/// One step into each alternative of a value.
fn step_into(value: &Value, step: PathStep<'_>, is_ordered: bool) -> Option<Value> {
    let parts = value.alternatives().iter().filter_map(|one| part_at(one, step, is_ordered));
    let mut parts: Vec<Value> = parts.collect();
    if !parts.iter().all(is_left_to_provider) {
        // One of several blocks leaves to the provider what another one sets.
        parts.iter_mut().filter(|part| is_left_to_provider(part)).for_each(|part| *part = Value::NULL);
    }
    (!parts.is_empty()).then(|| Value::one_of(parts).with_marks(value.marks()))
}

/// One step into a value without alternatives.
fn part_at(value: &Value, step: PathStep<'_>, is_ordered: bool) -> Option<Value> {
    match (step, value.shape()) {
        (_, Shape::Anything(_)) => Some(value.clone().without_identity()),
        (PathStep::Element(at), Shape::Sequence(sequence)) => {
            let is_placed = is_ordered || sequence.exact_len() == Some(1);
            let own = sequence.items().get(at).or(sequence.rest());
            let part = if is_placed { own.cloned() } else { sequence.element() };
            part.map(|part| part.with_marks(value.marks()))
        }
        // An attribute of the provider's protocol may be one object where a plan has a list of one.
        (PathStep::Element(0), Shape::Mapping(_)) => Some(value.clone()),
        (PathStep::Member(name), Shape::Mapping(mapping)) => {
            let part = mapping.get(name).or(mapping.rest());
            part.map(|part| part.clone().with_marks(value.marks()))
        }
        _ => None,
    }
}

/// A value that the plan knows in part, with what is written in the place of what it does not know. `ordered` names the
/// blocks that a plan lists in the order of the sources.
pub(super) fn fill_planned(
    planned: &PlanValue,
    written: Option<&Value>,
    name: &str,
    ordered: &[String],
) -> Value {
    match planned {
        PlanValue::Unknown(origin) => match written {
            Some(written) if written.alternatives().iter().all(says_more) => written.clone(),
            _ => bridge::anything(origin),
        },
        PlanValue::List(items) => {
            let is_ordered = ordered.iter().any(|known| known == name)
                || written.is_some_and(|written| is_in_order(items, written));
            let matched = written.filter(|_| !is_ordered).and_then(|written| match_elements(items, written));
            let filled = items.iter().enumerate().map(|(at, item)| {
                let part = match &matched {
                    Some(matched) => matched.get(at).cloned(),
                    None => written.and_then(|written| step_into(written, PathStep::Element(at), is_ordered)),
                };
                fill_planned(item, part.as_ref(), "", ordered)
            });
            Value::sequence(SequenceKind::Unsure, filled.collect(), None)
        }
        PlanValue::Object(members) => {
            let filled = members.iter().map(|(name, member)| {
                let part = written.and_then(|written| step_into(written, PathStep::Member(name), false));
                (Arc::from(&**name), fill_planned(member, part.as_ref(), name, ordered))
            });
            Value::mapping(MappingKind::Unsure, filled.collect(), None)
        }
        known @ (PlanValue::Null | PlanValue::Bool(_) | PlanValue::Number(_) | PlanValue::String(_)) => {
            bridge::of_plan(known, &mut bridge::anything)
        }
    }
}

/// Whether the elements of a planned list are those of the written one, in order: what the plan knows can be nothing but
/// what is written in its place. Of a set this says no more than that both hold the same.
fn is_in_order(planned: &[PlanValue], written: &Value) -> bool {
    let Some(written) = written.as_sequence() else { return false };
    let items = written.items();
    let is_in_place = |(at, planned): (usize, &PlanValue)| match planned {
        PlanValue::Unknown(_) => true,
        planned @ (PlanValue::Null
        | PlanValue::Bool(_)
        | PlanValue::Number(_)
        | PlanValue::String(_)
        | PlanValue::List(_)
        | PlanValue::Object(_)) => {
            let known = bridge::of_plan(planned, &mut bridge::anything);
            let mut admitting = items.iter().enumerate().filter(|(_, item)| item.admits(&known));
            // Several that are wholly known are the same.
            !planned.has_unknown()
                && admitting.clone().any(|(place, _)| place == at)
                && (admitting.clone().count() == 1 || admitting.all(|(_, item)| item.is_known()))
        }
    };
    written.rest().is_none()
        && planned.len() == items.len()
        && planned.len() <= MAX_COMPARED
        && planned.iter().enumerate().all(is_in_place)
}
