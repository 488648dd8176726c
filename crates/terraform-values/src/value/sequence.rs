//! Tuples, lists and sets.

use super::extent::Extent;
use super::{Shape, Value};

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
pub(super) fn is_sorted_set(items: &[Value]) -> bool {
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
