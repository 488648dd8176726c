//! Whether a known value is one of those that a [`Value`] stands for.

use super::hole::HoleShape;
use super::mapping::{Mapping, OpenMember};
use super::sequence::{Sequence, SequenceKind};
use super::text::{Text, TextPart};
use super::{Shape, Value};

impl Value {
    /// Whether a known value is a member of this set. A type that either side is not sure of is no difference. Marks and
    /// identity do not count.
    pub fn admits(&self, known: &Value) -> bool {
        match (&self.shape, &known.shape) {
            (Shape::Anything(_), _) => true,
            (Shape::OneOf(alternatives), _) => {
                alternatives.iter().any(|alternative| alternative.admits(known))
            }
            (Shape::Null(_), Shape::Null(_)) => true,
            (Shape::Bool(one), Shape::Bool(other)) => one == other,
            (Shape::Number(one), Shape::Number(other)) => one == other,
            (Shape::Text(one), Shape::Text(other)) => other.as_known().is_some_and(|text| one.admits(text)),
            (Shape::Sequence(one), Shape::Sequence(other)) => one.admits(other),
            (Shape::Mapping(one), Shape::Mapping(other)) => one.admits(other),
            _ => false,
        }
    }
}

impl Text {
    /// Whether some filling of the holes gives this text.
    pub fn admits(&self, known: &str) -> bool {
        // Which places of the text can be reached with the parts so far, as in the simulation of an automaton.
        let bytes = known.as_bytes();
        let mut reached = vec![false; bytes.len() + 1];
        reached.first_mut().into_iter().for_each(|start| *start = true);
        for part in self.parts() {
            reached = match part {
                TextPart::Literal(literal) => after_literal(bytes, &reached, literal.as_bytes()),
                TextPart::Hole(hole) => after_hole(bytes, &reached, hole.shape),
            };
        }
        reached.last().copied().unwrap_or_default()
    }
}

fn after_literal(bytes: &[u8], reached: &[bool], literal: &[u8]) -> Vec<bool> {
    let mut next = vec![false; reached.len()];
    for (at, _) in reached.iter().enumerate().filter(|(_, is_reached)| **is_reached) {
        if bytes.get(at..).is_some_and(|rest| rest.starts_with(literal))
            && let Some(place) = next.get_mut(at + literal.len())
        {
            *place = true;
        }
    }
    next
}

fn after_hole(bytes: &[u8], reached: &[bool], shape: HoleShape) -> Vec<bool> {
    let mut next = Vec::with_capacity(reached.len());
    let mut is_inside = false;
    for (at, is_reached) in reached.iter().enumerate() {
        match shape {
            HoleShape::Any => {
                is_inside |= is_reached;
                next.push(is_inside);
            }
            HoleShape::Word => {
                let before = at.checked_sub(1);
                let began = before.and_then(|before| reached.get(before)).copied().unwrap_or_default();
                let is_word = before.and_then(|before| bytes.get(before)).is_some_and(is_word_byte);
                is_inside = (is_inside || began) && is_word;
                next.push(is_inside);
            }
        }
    }
    next
}

fn is_word_byte(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

impl Sequence {
    fn admits(&self, known: &Sequence) -> bool {
        if !self.kind.may_be(known.kind) {
            return false;
        }
        if matches!(self.kind, SequenceKind::Set | SequenceKind::Unsure) && !self.is_ordered() {
            return self.admits_unordered(known);
        }
        let beyond = known.items.get(self.items.len()..).unwrap_or_default();
        let has_rest = |value: &Value| self.rest.as_ref().is_some_and(|rest| rest.admits(value));
        known.items.len() >= self.items.len()
            && self.items.iter().zip(&*known.items).all(|(one, other)| one.admits(other))
            && beyond.iter().all(has_rest)
    }

    /// Members of a set may coincide, so each known member is one of these, and each of these is met.
    fn admits_unordered(&self, known: &Sequence) -> bool {
        let is_met = |one: &Value| known.items.iter().any(|other| one.admits(other));
        let is_member = |other: &Value| self.items.iter().chain(&self.rest).any(|one| one.admits(other));
        self.items.iter().all(is_met) && known.items.iter().all(is_member)
    }
}

impl Mapping {
    fn admits(&self, known: &Mapping) -> bool {
        if !self.kind.may_be(known.kind) {
            return false;
        }
        let has_all =
            self.members.iter().all(|(name, one)| known.get(name).is_some_and(|other| one.admits(other)));
        let is_open = |name: &str, other: &Value| {
            self.open.is_empty()
                || self.open.iter().any(|one| one.name.admits(name) && one.value.admits(other))
        };
        let has_no_other = known.members.iter().all(|(name, other)| {
            self.members.contains_key(name)
                || self.rest.as_ref().is_some_and(|rest| rest.admits(other)) && is_open(name, other)
        });
        let is_met = |open: &OpenMember| known.members.keys().any(|name| open.name.admits(name));
        has_all && has_no_other && self.open.iter().all(is_met)
    }
}
