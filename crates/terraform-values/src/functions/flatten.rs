//! `flatten`.

use std::cell::RefCell;

use super::call::{Answer, Call};
use super::collected::Collected;
use crate::value::hole::HoleShape;
use crate::value::limits::MAX_ALTERNATIVES;
use crate::value::marks::Marks;
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::{Shape, Value};

/// `flatten`.
pub(super) fn flatten(call: &Call<'_>) -> Answer {
    let mut marks = Marks::NONE;
    let value = flatten_sequence(call, call.sequence(0)?, &mut marks)?;
    Ok(value.with_marks(&marks))
}

/// The elements of a sequence, and of every sequence in it, as a tuple.
fn flatten_sequence(call: &Call<'_>, sequence: &Sequence, marks: &mut Marks) -> Answer {
    let mut all = Collected::default();
    all.extend(sequence);
    let choices = all.items.iter().map(|item| item.alternatives().len()).fold(1, usize::saturating_mul);
    if choices == 1 {
        return Ok(flatten_items(call, &all, &all.items, marks));
    }
    if choices > MAX_ALTERNATIVES {
        // Too many choices: any number of elements of all of them.
        let loose = Collected { items: Vec::new(), rest: all.items.into_iter().chain(all.rest).collect() };
        return Ok(flatten_items(call, &loose, &[], marks));
    }
    let seen = RefCell::new(Marks::NONE);
    let answer = call
        .for_each_choice(&all.items, |chosen| Ok(flatten_items(call, &all, chosen, &mut seen.borrow_mut())));
    marks.absorb(&seen.into_inner());
    answer
}

/// The elements of these items, and those that may follow them.
fn flatten_items(call: &Call<'_>, all: &Collected, items: &[Value], marks: &mut Marks) -> Value {
    let mut flat = Collected::default();
    for item in items {
        flatten_into(call, &mut flat, item, marks);
    }
    for rest in all.rest.iter().flat_map(Value::alternatives) {
        let mut inner = Collected::default();
        flatten_into(call, &mut inner, rest, marks);
        flat.rest.extend(inner.items);
        flat.rest.extend(inner.rest);
    }
    flat.build(SequenceKind::Tuple)
}

/// One element without alternatives: itself, or the elements that it has.
fn flatten_into(call: &Call<'_>, flat: &mut Collected, item: &Value, marks: &mut Marks) {
    match &item.shape {
        Shape::Sequence(inner) => {
            marks.absorb(&item.marks);
            match flatten_sequence(call, inner, marks) {
                Ok(value) => add_flat(flat, &value),
                Err(_) => flat.push_rest(Value::anything(item.hole("flatten(…)", HoleShape::Any))),
            }
        }
        // It may be a list, whose elements are anything.
        Shape::Anything(hole) => {
            flat.push_rest(item.clone());
            flat.push_rest(Value::anything(hole.computed("flatten(…)", HoleShape::Any)));
        }
        Shape::Null(_)
        | Shape::Bool(_)
        | Shape::Number(_)
        | Shape::Text(_)
        | Shape::Mapping(_)
        | Shape::OneOf(_) => {
            flat.push(item.clone());
        }
    }
}

/// Adds what flattening one element gave: its elements, or those of each alternative.
fn add_flat(flat: &mut Collected, value: &Value) {
    match value.alternatives() {
        [only] if only.as_sequence().is_some() => {
            only.as_sequence().into_iter().for_each(|one| flat.extend(one))
        }
        alternatives => {
            for alternative in alternatives {
                match alternative.as_sequence() {
                    Some(sequence) => {
                        let all = sequence.items().iter().chain(sequence.rest());
                        all.for_each(|one| flat.push_rest(one.clone()));
                    }
                    None => flat.push_rest(alternative.clone()),
                }
            }
        }
    }
}
