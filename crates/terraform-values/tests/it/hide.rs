//! Hides what is known: a known value becomes a set that holds it.

use std::sync::Arc;

use terraform_values::{Hole, HoleShape, MappingKind, SequenceKind, Shape, TextBuilder, Value};

use crate::generator::Random;

/// A set that holds a known value. `name` is the origin of its holes.
pub(crate) fn hide(value: &Value, name: &str, random: &mut Random) -> Value {
    match random.below(8) {
        0 => Value::anything(Hole::attribute(name, "")),
        1 => Value::one_of(vec![value.clone(), other_than(value)]),
        2 => Value::one_of(vec![Value::NULL, value.clone()]),
        _ => hide_inside(value, name, random),
    }
}

/// Another value of the same type.
fn other_than(value: &Value) -> Value {
    match value.shape() {
        Shape::Bool(truth) => (!truth).into(),
        Shape::Number(_) => 41_i64.into(),
        Shape::Text(_) => "other".into(),
        Shape::Sequence(sequence) => {
            let items = sequence.items().iter().rev().chain(sequence.items().first()).cloned();
            Value::sequence(sequence.kind(), items.collect(), None)
        }
        Shape::Mapping(mapping) => Value::mapping(mapping.kind(), mapping.members().clone(), None),
        _ => Value::NULL,
    }
}

fn hide_inside(value: &Value, name: &str, random: &mut Random) -> Value {
    match value.shape() {
        Shape::Text(text) => hide_text(text.as_known().unwrap(), name, random),
        Shape::Bool(_) => Value::any_bool(),
        Shape::Sequence(sequence) => {
            let kind = hide_sequence_kind(sequence.kind(), random);
            let items: Vec<Value> = sequence.items().to_vec();
            if random.below(3) == 0 {
                let kept = random.below(items.len() + 1);
                let hidden: Vec<Value> = items[kept..].to_vec();
                let rest = if hidden.is_empty() { Value::NULL } else { Value::one_of(hidden) };
                return Value::sequence(kind, items[..kept].to_vec(), Some(rest));
            }
            let part = |(at, item): (usize, &Value)| {
                let name = format!("{name}[{at}]");
                if random.below(2) == 0 { hide(item, &name, random) } else { item.clone() }
            };
            Value::sequence(kind, items.iter().enumerate().map(part).collect(), None)
        }
        Shape::Mapping(mapping) => {
            let mut members = mapping.members().clone();
            let kind = if random.below(3) == 0 { MappingKind::Unsure } else { mapping.kind() };
            if random.below(3) == 0
                && let Some(name) = members.keys().next().cloned()
            {
                let gone = members.remove(&name);
                return Value::mapping(kind, members, gone);
            }
            for (key, member) in &mut members {
                if random.below(2) == 0 {
                    *member = hide(member, &format!("{name}.{key}"), random);
                }
            }
            Value::mapping(kind, members, None)
        }
        _ => Value::anything(Hole::attribute(name, "")),
    }
}

/// The kind, or one that is less sure, as plan JSON gives.
fn hide_sequence_kind(kind: SequenceKind, random: &mut Random) -> SequenceKind {
    match (random.below(4), kind) {
        (0, _) => SequenceKind::Unsure,
        (1, SequenceKind::Tuple | SequenceKind::List) => SequenceKind::ListOrTuple,
        _ => kind,
    }
}

/// A literal, a hole, a literal.
fn hide_text(text: &str, name: &str, random: &mut Random) -> Value {
    let symbols: Vec<char> = text.chars().collect();
    let start = random.below(symbols.len() + 1);
    let end = start + random.below(symbols.len() - start + 1);
    let hidden: String = symbols[start..end].iter().collect();
    let is_word = !hidden.is_empty()
        && hidden.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    let shape = if is_word && random.below(2) == 0 { HoleShape::Word } else { HoleShape::Any };
    let mut builder = TextBuilder::default();
    builder.push_literal(&symbols[..start].iter().collect::<String>());
    builder.push_hole(Hole::attribute(Arc::from(name), "").shaped(shape));
    builder.push_literal(&symbols[end..].iter().collect::<String>());
    builder.build().into()
}
