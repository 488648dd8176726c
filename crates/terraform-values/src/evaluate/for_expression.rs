//! `[for v in c : e if t]` and `{for k, v in c : k => e...}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use hcl_edit::expr::{Expression, ForExpr};

use super::Evaluator;
use super::constructor::{Key, finish};
use super::iterate::Iteration;
use super::operator::to_bool;
use super::variables::Variables;
use crate::outcome::Outcome;
use crate::value::Value;
use crate::value::mapping::{MappingKind, Members};
use crate::value::marks::Marks;
use crate::value::sequence::SequenceKind;

/// What one element gives.
struct Entry {
    /// Whether it surely counts, by its condition.
    is_sure: bool,
    /// Its key, of an object.
    key: Option<Key>,
    /// Its value.
    value: Value,
}

/// What all elements give.
#[derive(Default)]
struct Entries {
    /// Those of elements that are surely met, in order.
    items: Vec<Entry>,
    /// That of any further element.
    rest: Option<Entry>,
    /// Marks of conditions and keys.
    marks: Marks,
    may_fail: bool,
}

impl Evaluator<'_> {
    /// Runs something inside of one or two names more.
    pub(super) fn with_names<T>(
        &self,
        key_name: Option<&str>,
        key: &Value,
        value_name: &str,
        value: &Value,
        run: impl FnOnce(&Evaluator<'_>) -> T,
    ) -> T {
        let keyed = match key_name {
            Some(name) => Variables::Named { name, value: key, outer: &self.variables },
            None => self.variables,
        };
        let variables = Variables::Named { name: value_name, value, outer: &keyed };
        run(&Evaluator { scope: self.scope, budget: self.budget, variables })
    }

    pub(super) fn evaluate_for(&self, expression: &ForExpr) -> Outcome {
        self.evaluate(&expression.intro.collection_expr).and_then(|collection| {
            Value::for_each_choice(&[collection], |choice| match choice {
                [collection] => self.evaluate_for_each(expression, collection),
                _ => Outcome::FAILS,
            })
        })
    }

    fn evaluate_for_each(&self, expression: &ForExpr, collection: &Value) -> Outcome {
        let Some(iteration) = Iteration::of(collection) else { return Outcome::FAILS };
        let mut entries = Entries { may_fail: iteration.may_fail, ..Entries::default() };
        for (key, value) in &iteration.items {
            let Ok(entry) = self.evaluate_entry(expression, key, value, &mut entries) else {
                return Outcome::FAILS;
            };
            entries.items.extend(entry);
        }
        if let Some((key, value)) = &iteration.rest {
            // Where a further element fails, there is none, or no plan.
            let entry = self.evaluate_entry(expression, key, value, &mut entries);
            entries.may_fail |= entry.is_err();
            entries.rest = entry.ok().flatten();
        }
        let marks = std::mem::take(&mut entries.marks);
        let outcome = match (&expression.key_expr, expression.grouping) {
            (None, _) => list_of(entries),
            (Some(_), false) => object_of(entries),
            (Some(_), true) => groups_of(entries),
        };
        outcome.with_marks(&marks)
    }

    /// What one element gives; `None` where its condition leaves it out. `Err` where Terraform surely refuses.
    fn evaluate_entry(
        &self,
        expression: &ForExpr,
        key: &Value,
        value: &Value,
        entries: &mut Entries,
    ) -> Result<Option<Entry>, ()> {
        let intro = &expression.intro;
        let key_name = intro.key_var.as_ref().map(|name| name.as_str());
        let (is_sure, key, value) =
            self.with_names(key_name, key, intro.value_var.as_str(), value, |inner| {
                let condition = expression
                    .cond
                    .as_ref()
                    .map(|condition| inner.evaluate(&condition.expr).and_then(to_bool));
                let mut is_sure = true;
                if let Some(condition) = condition {
                    entries.may_fail |= condition.may_fail();
                    let truth = condition.value().ok_or(())?;
                    entries.marks.absorb(&truth.all_marks());
                    match truth.as_bool() {
                        Some(true) => {}
                        Some(false) => return Ok((false, None, None)),
                        None => is_sure = false,
                    }
                }
                let key = expression
                    .key_expr
                    .as_ref()
                    .map(|key| inner.evaluate_part(key, is_sure, entries))
                    .transpose()?;
                let value = inner.evaluate_part(&expression.value_expr, is_sure, entries)?;
                Ok((is_sure, key, Some(value)))
            })?;
        let Some(value) = value.flatten() else { return Ok(None) };
        let key = match key {
            None => None,
            Some(None) => return Ok(None),
            Some(Some(key)) => match Key::of(&key) {
                Some(key) => Some(key),
                None if is_sure => return Err(()),
                None => {
                    // Where the condition holds, the key is refused.
                    entries.may_fail = true;
                    return Ok(None);
                }
            },
        };
        if let Some(key) = &key {
            entries.may_fail |= key.may_fail;
            entries.marks.absorb(&key.marks);
        }
        Ok(Some(Entry { is_sure, key, value }))
    }

    /// The key or value of an element. Where it surely fails, so does the whole, unless the condition leaves it out.
    fn evaluate_part(
        &self,
        part: &Expression,
        is_sure: bool,
        entries: &mut Entries,
    ) -> Result<Option<Value>, ()> {
        let outcome = self.evaluate(part);
        entries.may_fail |= outcome.may_fail();
        match outcome.value() {
            None if is_sure => Err(()),
            value => Ok(value.cloned()),
        }
    }
}

/// From the first element on of which it is not sure that it counts, the places of the others are not known.
fn list_of(entries: Entries) -> Outcome {
    let mut items = Vec::new();
    let mut rest = Vec::new();
    for entry in entries.items {
        if entry.is_sure && rest.is_empty() {
            items.push(entry.value);
        } else {
            rest.push(entry.value);
        }
    }
    rest.extend(entries.rest.map(|entry| entry.value));
    let rest = (!rest.is_empty()).then(|| Value::one_of(rest));
    finish(Value::sequence(SequenceKind::Tuple, items, rest), entries.may_fail)
}

/// Two elements with one key are refused, so a member that is there has the value of its only element.
fn object_of(entries: Entries) -> Outcome {
    let mut members = Members::default();
    let mut may_fail = entries.may_fail | entries.rest.is_some();
    for entry in entries.items {
        let key = entry.key.as_ref().filter(|_| entry.is_sure);
        match (key.and_then(Key::as_known), key.and_then(Key::as_text)) {
            (Some(name), _) if members.has(name) => return Outcome::FAILS,
            (Some(name), _) => members.insert(name.into(), entry.value),
            (None, name) => {
                may_fail = true;
                match name {
                    Some(name) => members.insert_open(name.clone(), entry.value),
                    None => members.insert_unnamed(|_| false, entry.value),
                }
            }
        }
    }
    if let Some(rest) = entries.rest {
        members.insert_unnamed(|_| false, rest.value);
    }
    finish(members.build(MappingKind::Object), may_fail)
}

/// Elements with one key make a tuple.
fn groups_of(entries: Entries) -> Outcome {
    let mut groups: BTreeMap<Arc<str>, (Vec<Value>, Vec<Value>)> = BTreeMap::new();
    let mut others: Vec<Value> = Vec::new();
    for entry in entries.items.into_iter().chain(entries.rest.map(|rest| Entry { is_sure: false, ..rest })) {
        let name = entry.key.as_ref().and_then(Key::as_known).filter(|_| entry.is_sure);
        if let Some(name) = name {
            let (items, rest) = groups.entry(name.into()).or_default();
            // Behind one that may be left out, the place is not known.
            if rest.is_empty() && others.is_empty() {
                items.push(entry.value)
            } else {
                rest.push(entry.value)
            }
            continue;
        }
        others.push(entry.value);
    }
    let members = groups.into_iter().map(|(name, (items, mut rest))| {
        rest.extend(others.iter().cloned());
        let rest = (!rest.is_empty()).then(|| Value::one_of(rest));
        (name, Value::sequence(SequenceKind::Tuple, items, rest))
    });
    let members = members.collect();
    let rest =
        (!others.is_empty()).then(|| Value::elements(SequenceKind::Tuple, Value::one_of(others.clone())));
    finish(Value::mapping(MappingKind::Object, members, rest), entries.may_fail)
}
