//! The elements that `for` meets.

use crate::value::hole::HoleShape;
use crate::value::sequence::{Sequence, SequenceKind};
use crate::value::{Shape, Value};

/// Keys and values, in the order in which Terraform meets them.
pub(super) struct Iteration {
    /// Those that it surely meets, in this order, each once.
    pub(super) items: Vec<(Value, Value)>,
    /// Where it meets others behind them, in any number: what each may be.
    pub(super) rest: Option<(Value, Value)>,
    /// Whether Terraform may refuse to iterate.
    pub(super) may_fail: bool,
}

impl Iteration {
    /// The elements of a collection without alternatives. `None` where Terraform surely refuses.
    pub(super) fn of(collection: &Value) -> Option<Self> {
        match &collection.shape {
            Shape::Anything(hole) => {
                let key = Value::anything(hole.computed("a key", HoleShape::Any));
                let value = Value::anything(hole.computed("an element", HoleShape::Any));
                Some(Self { items: Vec::new(), rest: Some((key, value)), may_fail: true })
            }
            Shape::Sequence(sequence) => Some(Self::of_sequence(collection, sequence)),
            Shape::Mapping(mapping) => {
                let members = mapping.members.iter();
                let items = members.map(|(name, value)| (Value::from(&**name), value.clone())).collect();
                let Some(rest) = &mapping.rest else {
                    return Some(Self { items, rest: None, may_fail: false });
                };
                // The names of the others are not known, nor then where they stand among these.
                let key = Value::any_text(rest.hole("a key", HoleShape::Any));
                let values = mapping.members.values().chain([rest]).cloned().collect();
                Some(Self { items: Vec::new(), rest: Some((key, Value::one_of(values))), may_fail: false })
            }
            Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) | Shape::OneOf(_) => None,
        }
    }

    fn of_sequence(collection: &Value, sequence: &Sequence) -> Self {
        let index = |at: usize, item: &Value| match sequence.kind() {
            SequenceKind::Set => item.clone(),
            SequenceKind::Unsure => Value::one_of(vec![at.into(), item.clone()]),
            SequenceKind::Tuple | SequenceKind::List | SequenceKind::ListOrTuple => at.into(),
        };
        let any_index = |element: &Value| {
            let number = Value::anything(collection.hole("an index", HoleShape::Word));
            match sequence.kind() {
                SequenceKind::Set => element.clone(),
                SequenceKind::Unsure
                | SequenceKind::Tuple
                | SequenceKind::List
                | SequenceKind::ListOrTuple => number,
            }
        };
        if sequence.has_order() {
            let items = sequence.items().iter().enumerate();
            let items = items.map(|(at, item)| (index(at, item), item.clone())).collect();
            let rest = sequence.rest().map(|rest| (any_index(rest), rest.clone()));
            return Self { items, rest, may_fail: false };
        }
        let rest = sequence.element().map(|element| (any_index(&element), element));
        Self { items: Vec::new(), rest, may_fail: false }
    }
}
