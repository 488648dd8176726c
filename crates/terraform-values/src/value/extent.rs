//! What a container keeps of all values in it, so that nobody has to walk through them.

use super::limits::{MAX_SIZE, MAX_VALUE_DEPTH};
use super::marks::Marks;
use super::{Shape, Value};

/// Size, depth, certainty and marks of the values in a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Extent {
    /// Values, counted as often as they are shared.
    pub(crate) size: usize,
    /// Values within values.
    pub(crate) depth: usize,
    /// Whether each is one known value.
    pub(crate) is_known: bool,
    /// Whether a mapping among them, or the container itself, has members whose names have holes.
    pub(crate) has_open_names: bool,
    /// The marks of all.
    pub(crate) marks: Marks,
}

impl Extent {
    /// That of a container of these.
    pub(crate) fn of<'v>(values: impl Iterator<Item = &'v Value>) -> Self {
        let mut whole = Self { size: 1, depth: 1, is_known: true, has_open_names: false, marks: Marks::NONE };
        for value in values {
            whole.add(value);
        }
        whole
    }

    fn add(&mut self, value: &Value) {
        self.marks.absorb(&value.marks);
        match &value.shape {
            Shape::Anything(_) => self.add_leaf(false),
            Shape::Text(text) => self.add_leaf(text.as_known().is_some()),
            Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) => self.add_leaf(true),
            Shape::Sequence(sequence) => {
                self.add_extent(&sequence.extent);
                self.is_known &= sequence.rest.is_none();
            }
            Shape::Mapping(mapping) => {
                self.add_extent(&mapping.extent);
                self.is_known &= mapping.rest.is_none();
            }
            Shape::OneOf(alternatives) => {
                self.is_known = false;
                for alternative in alternatives.iter() {
                    self.add(alternative);
                }
            }
        }
    }

    fn add_leaf(&mut self, is_known: bool) {
        self.size = self.size.saturating_add(1);
        self.depth = self.depth.max(2);
        self.is_known &= is_known;
    }

    fn add_extent(&mut self, inner: &Self) {
        self.size = self.size.saturating_add(inner.size);
        self.depth = self.depth.max(inner.depth + 1);
        self.is_known &= inner.is_known;
        self.has_open_names |= inner.has_open_names;
        self.marks.absorb(&inner.marks);
    }

    /// Whether it is within the budget.
    pub(crate) fn is_within_limits(&self) -> bool {
        self.size <= MAX_SIZE && self.depth <= MAX_VALUE_DEPTH
    }
}
