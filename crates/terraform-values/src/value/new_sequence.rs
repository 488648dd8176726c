//! Makes tuples, lists and sets.
//!
//! Takes elements and returns the [`Value`] that holds them: a set without its duplicates and in the order of Terraform,
//! and anything where there are too many.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::equality::is_equal;
use super::extent::Extent;
use super::hole::Hole;
use super::sequence::{Sequence, SequenceKind, is_sorted_set};
use super::{Shape, Value};

impl Value {
    /// `[…]`.
    pub fn tuple(items: Vec<Value>) -> Self {
        Self::sequence(SequenceKind::Tuple, items, None)
    }

    /// `list(T)`, whose elements already have their type.
    pub fn list(items: Vec<Value>) -> Self {
        Self::sequence(SequenceKind::List, items, None)
    }

    /// `set(T)`, whose elements already have their type.
    pub fn set(items: Vec<Value>) -> Self {
        Self::sequence(SequenceKind::Set, items, None)
    }

    /// A sequence of unknown length, whose elements are each one of `element`.
    pub fn elements(kind: SequenceKind, element: Value) -> Self {
        Self::sequence(kind, Vec::new(), Some(element))
    }

    /// A sequence: these items, and where `rest` is given any number of others. Too large a one is anything.
    pub fn sequence(kind: SequenceKind, mut items: Vec<Value>, mut rest: Option<Value>) -> Self {
        if kind == SequenceKind::Set {
            sort_members(&mut items);
            if let Some(rest) = rest.take_if(|_| !items.is_empty()) {
                // Members of a set have no place, so a set of unknown size knows only what each of them may be.
                return Self::sequence(kind, Vec::new(), Some(Self::one_of([items, vec![rest]].concat())));
            }
        }
        let extent = Extent::of(items.iter().chain(&rest));
        if !extent.is_within_limits() {
            return Self::anything(Hole::unreadable("a value that is too large")).with_marks(&extent.marks);
        }
        Shape::Sequence(Arc::new(Sequence { kind, items: items.into(), rest, extent })).into()
    }
}

/// Removes known members that are there twice, and sorts those that have an order.
fn sort_members(items: &mut Vec<Value>) {
    let mut kept: Vec<Value> = Vec::with_capacity(items.len());
    if !is_sorted_set(items) {
        // Where the values of one digest are among the kept ones.
        let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for item in items.drain(..) {
            let alike = places.entry(digest(&item)).or_default();
            let is_same = |at: &&usize| kept.get(**at).and_then(|other| is_equal(other, &item)) == Some(true);
            let same = alike.iter().find(is_same).filter(|_| item.is_known()).copied();
            match same.and_then(|at| kept.get_mut(at)) {
                Some(same) => same.marks.absorb(&item.marks),
                None => {
                    alike.push(kept.len());
                    kept.push(item);
                }
            }
        }
    } else {
        items.sort_by(|one, other| match (&one.shape, &other.shape) {
            (Shape::Number(one), Shape::Number(other)) => one.compare(other),
            (Shape::Bool(one), Shape::Bool(other)) => one.cmp(other),
            _ => one.known_text().cmp(&other.known_text()),
        });
        for item in items.drain(..) {
            match kept.last_mut().filter(|last| last.shape == item.shape) {
                Some(last) => last.marks.absorb(&item.marks),
                None => kept.push(item),
            }
        }
    }
    *items = kept;
}

/// A digest that is the same for equal values.
fn digest(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash(value, &mut hasher);
    hasher.finish()
}

fn hash(value: &Value, hasher: &mut DefaultHasher) {
    match &value.shape {
        Shape::Anything(_) | Shape::Null(_) | Shape::OneOf(_) => 0.hash(hasher),
        Shape::Bool(truth) => truth.hash(hasher),
        Shape::Number(number) => number.hash(hasher),
        Shape::Text(text) => text.hash(hasher),
        Shape::Sequence(sequence) => sequence.items.iter().for_each(|item| hash(item, hasher)),
        Shape::Mapping(mapping) => {
            for (name, member) in &mapping.members {
                name.hash(hasher);
                hash(member, hasher);
            }
        }
    }
}
