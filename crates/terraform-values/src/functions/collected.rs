//! Elements that a function puts together.

use crate::value::Value;
use crate::value::sequence::{Sequence, SequenceKind};

/// Elements in the order in which they come: some surely, and behind them perhaps others.
#[derive(Default)]
pub(super) struct Collected {
    pub(super) items: Vec<Value>,
    pub(super) rest: Vec<Value>,
}

impl Collected {
    /// One element, surely there. Behind elements of unknown number it has no place of its own.
    pub(super) fn push(&mut self, item: Value) {
        if self.rest.is_empty() { self.items.push(item) } else { self.rest.push(item) }
    }

    /// Elements that may be there, in any number.
    pub(super) fn push_rest(&mut self, rest: Value) {
        self.rest.push(rest);
    }

    /// All elements of a sequence, in the order of its iteration.
    pub(super) fn extend(&mut self, sequence: &Sequence) {
        let has_order = sequence.has_order();
        for item in sequence.items() {
            if has_order { self.push(item.clone()) } else { self.push_rest(item.clone()) }
        }
        sequence.rest().into_iter().for_each(|rest| self.push_rest(rest.clone()));
    }

    pub(super) fn build(self, kind: SequenceKind) -> Value {
        let rest = if self.rest.is_empty() { None } else { Some(Value::one_of(self.rest)) };
        Value::sequence(kind, self.items, rest)
    }
}
