//! Tuples, lists and sets.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::extent::Extent;
use super::hole::Hole;
use super::{Shape, Value};
use crate::value::equality::is_equal;

/// Which of Terraform's types a sequence has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SequenceKind {
    /// `[…]` in an expression: each element has its own type.
    Tuple,
    /// `list(T)`.
    List,
    /// `set(T)`.
    Set,
    /// A tuple or a list.
    ListOrTuple,
    /// One of these: plan JSON does not tell them apart.
    Unsure,
}

/// A tuple, list or set: these elements, and perhaps more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sequence {
    pub(crate) kind: SequenceKind,
    pub(crate) items: Box<[Value]>,
    pub(crate) rest: Option<Value>,
    pub(crate) extent: Extent,
}

impl Sequence {
    /// Its type.
    pub fn kind(&self) -> SequenceKind {
        self.kind
    }

    /// The elements that it has. Those of a set may coincide where they are not known, and have an order only where
    /// [`Self::is_ordered`] says so.
    pub fn items(&self) -> &[Value] {
        &self.items
    }

    /// Where there may be more elements, behind `items` (of a set: anywhere), in any number: what each of them may be.
    pub fn rest(&self) -> Option<&Value> {
        self.rest.as_ref()
    }

    /// Whether it is surely a set.
    pub fn is_set(&self) -> bool {
        self.kind == SequenceKind::Set
    }

    /// Whether iteration surely meets `items` in this order, each once, and nothing else.
    pub fn is_ordered(&self) -> bool {
        match self.kind {
            SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple => self.rest.is_none(),
            SequenceKind::Set => self.rest.is_none() && is_sorted_set(&self.items),
            // Plan JSON lists the known members of a set in the order of Terraform's iteration, each once.
            SequenceKind::Unsure => self.rest.is_none() && (self.items.len() < 2 || self.extent.is_known),
        }
    }

    /// Whether iteration surely meets `items` first, in this order, each once; others may come behind them.
    pub fn has_order(&self) -> bool {
        match self.kind {
            SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple => true,
            SequenceKind::Set | SequenceKind::Unsure => self.is_ordered(),
        }
    }

    /// What any element may be; `None` where it is surely empty.
    pub fn element(&self) -> Option<Value> {
        let all: Vec<Value> = self.items.iter().chain(&self.rest).cloned().collect();
        if all.is_empty() { None } else { Some(Value::one_of(all)) }
    }

    /// How many elements it has, where that is sure.
    pub fn exact_len(&self) -> Option<usize> {
        let may_coincide = match self.kind {
            SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple => false,
            SequenceKind::Set | SequenceKind::Unsure => self.items.len() > 1 && !self.extent.is_known,
        };
        (self.rest.is_none() && !may_coincide).then_some(self.items.len())
    }
}

/// Whether the members of a set are known, of one primitive type: only those have an order that is documented.
fn is_sorted_set(items: &[Value]) -> bool {
    let is_text = items.iter().all(|item| item.known_text().is_some());
    let is_number = || items.iter().all(|item| matches!(item.shape, Shape::Number(_)));
    let is_bool = || items.iter().all(|item| matches!(item.shape, Shape::Bool(_)));
    items.len() < 2 || is_text || is_number() || is_bool()
}

impl SequenceKind {
    /// Whether a value of one kind may also be of the other.
    pub fn may_be(self, other: Self) -> bool {
        match (self, other) {
            (Self::Unsure, _) | (_, Self::Unsure) => true,
            (Self::ListOrTuple, other) | (other, Self::ListOrTuple) => other != Self::Set,
            (one, other) => one == other,
        }
    }
}

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
