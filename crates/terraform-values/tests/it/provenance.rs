//! What a value says of where it comes from is true: its identity, and the attributes that its holes are.
//!
//! Each operand is an attribute of an object. A result that claims to be that attribute has its value, and a result in
//! which every hole is filled with the attribute that it names is still what the known operands give; up to conversions
//! of types, which leave the text of an attribute as it is.

use std::collections::BTreeMap;

use terraform_values::{
    Budget, Hole, HoleOrigin, Identity, MappingKind, SequenceKind, Shape, TextBuilder, TextPart, Value,
    evaluate,
};

use crate::common::{number_of, parse};
use crate::generator::{Grammar, Random, Writer};
use crate::operands::{names, operands, rules};

/// Expressions that are tried, where `VALUES_EXPRESSIONS` says nothing else: about a second.
const EXPRESSIONS: usize = 3_000;

/// The attribute that an operand, or a member of one, is as a whole; and the one that stands within its text.
const WHOLE: &str = "whole";
const PART: &str = "part";

/// Address and path of an attribute, and its value.
type Attributes = BTreeMap<(String, String), Value>;

fn named(value: Value, address: &str) -> Value {
    value.with_identity(Identity { address: address.into(), attribute: WHOLE.into() })
}

/// An operand as attributes of objects. `hides` leaves some of them unknown.
fn as_attributes(
    value: &Value,
    address: &str,
    attributes: &mut Attributes,
    random: Option<&mut Random>,
) -> Value {
    attributes.insert((address.to_owned(), WHOLE.to_owned()), value.clone());
    let Some(random) = random else {
        return named(
            with_members(value, |key, member| {
                as_attributes(member, &format!("{address}/{key}"), attributes, None)
            }),
            address,
        );
    };
    let choice = random.below(4);
    if choice == 0 {
        return named(Value::anything(Hole::attribute(address, WHOLE)), address);
    }
    if let (Some(text), true) = (value.known_text(), choice < 3) {
        let at = text.char_indices().map(|(at, _)| at).nth(random.below(3)).unwrap_or(0);
        let (prefix, rest) = text.split_at(at);
        attributes.insert((address.to_owned(), PART.to_owned()), rest.into());
        let mut builder = TextBuilder::default();
        builder.push_literal(prefix);
        builder.push_hole(Hole::attribute(address, PART));
        return named(builder.build().into(), address);
    }
    named(
        with_members(value, |key, member| {
            as_attributes(member, &format!("{address}/{key}"), attributes, Some(random))
        }),
        address,
    )
}

/// The same value with other members.
fn with_members(value: &Value, mut replace: impl FnMut(&str, &Value) -> Value) -> Value {
    match value.shape() {
        Shape::Sequence(sequence) => {
            let items = sequence
                .items()
                .iter()
                .enumerate()
                .map(|(at, item)| replace(&at.to_string(), item))
                .collect();
            Value::sequence(sequence.kind(), items, sequence.rest().map(|rest| replace("*", rest)))
        }
        Shape::Mapping(mapping) => {
            let members =
                mapping.members().iter().map(|(key, member)| (key.clone(), replace(key, member))).collect();
            Value::mapping(mapping.kind(), members, mapping.rest().map(|rest| replace("*", rest)))
        }
        Shape::OneOf(alternatives) => {
            Value::one_of(alternatives.iter().map(|alternative| replace("|", alternative)).collect())
        }
        _ => value.clone(),
    }
}

/// The value with each hole that is an attribute filled in, and the claims in it that are not true.
fn filled(value: &Value, attributes: &Attributes, wrong: &mut Vec<String>) -> Value {
    let attribute = |hole: &Hole| match &hole.origin {
        HoleOrigin::Attribute { address, path } => attributes.get(&(address.to_string(), path.to_string())),
        HoleOrigin::Provider | HoleOrigin::Words(_) => None,
    };
    let filled = match value.shape() {
        Shape::Anything(hole) => attribute(hole).cloned().unwrap_or_else(|| value.clone()),
        Shape::Text(text) => {
            let mut builder = TextBuilder::default();
            for part in text.parts() {
                match part {
                    TextPart::Literal(literal) => builder.push_literal(literal),
                    TextPart::Hole(hole) => match attribute(hole).and_then(as_text) {
                        Some(text) => builder.push_literal(&text),
                        None => builder.push_hole(hole.clone()),
                    },
                }
            }
            builder.build().into()
        }
        _ => with_members(value, |_, member| filled(member, attributes, wrong)),
    };
    if let Some(identity) = value.identity()
        && let Some(of) = attributes.get(&(identity.address.to_string(), identity.attribute.to_string()))
        && filled.is_known()
        && !as_texts(&filled).admits(&as_texts(of))
    {
        wrong.push(format!("{identity} is {of} and not {filled}"));
    }
    filled
}

/// A value in which numbers and truth values are texts, and collections of any kind: a conversion of types leaves an
/// attribute what it is.
fn as_texts(value: &Value) -> Value {
    match (value.shape(), as_text(value)) {
        (Shape::Sequence(sequence), _) => Value::sequence(
            if sequence.is_set() { SequenceKind::Set } else { SequenceKind::Unsure },
            sequence.items().iter().map(as_texts).collect(),
            sequence.rest().map(as_texts),
        ),
        (Shape::Mapping(mapping), _) => {
            let members = mapping.members().iter().map(|(key, member)| (key.clone(), as_texts(member)));
            Value::mapping(MappingKind::Unsure, members.collect(), mapping.rest().map(as_texts))
        }
        (Shape::OneOf(alternatives), _) => Value::one_of(alternatives.iter().map(as_texts).collect()),
        (_, Some(text)) => text.as_str().into(),
        _ => value.clone(),
    }
}

/// A value without the members of its objects that a known one lacks: a conversion to the type of other objects may drop
/// them.
fn narrowed(value: &Value, known: &Value) -> Value {
    match (value.shape(), known.shape()) {
        (Shape::OneOf(alternatives), _) => {
            Value::one_of(alternatives.iter().map(|one| narrowed(one, known)).collect())
        }
        (Shape::Mapping(mapping), Shape::Mapping(other)) => {
            let kept = mapping
                .members()
                .iter()
                .filter_map(|(name, member)| Some((name.clone(), narrowed(member, other.get(name)?))));
            Value::mapping(mapping.kind(), kept.collect(), mapping.rest().cloned())
        }
        (Shape::Sequence(list), Shape::Sequence(other)) if list.items().len() == other.items().len() => {
            let items = list.items().iter().zip(other.items()).map(|(item, other)| narrowed(item, other));
            Value::sequence(list.kind(), items.collect(), list.rest().cloned())
        }
        _ => value.clone(),
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value.shape() {
        Shape::Bool(truth) => Some(truth.to_string()),
        Shape::Number(number) => Some(number.to_string()),
        _ => value.known_text().map(str::to_owned),
    }
}

#[test]
fn identities_and_holes_are_the_attributes_that_they_name() {
    let grammar = Grammar::read();
    let (count, seed) = (number_of("VALUES_EXPRESSIONS", EXPRESSIONS), number_of("VALUES_SEED", 4));
    let mut writer = Writer::new(&grammar, seed as u64, rules(&operands()));
    let mut random = Random(!(seed as u64));
    let (mut claims, mut wrong) = (0, Vec::new());
    for at in 0..count {
        let expression = writer.write("X", 1 + at % 5);
        let parsed = parse(&expression);
        let known = evaluate(&parsed, &names(&operands()), &Budget::default());
        for hides in [false, true] {
            let mut attributes = Attributes::new();
            let mut operands = operands();
            for (name, _, value) in &mut operands {
                *value = as_attributes(value, name, &mut attributes, hides.then_some(&mut random));
            }
            let result = evaluate(&parsed, &names(&operands), &Budget::default());
            claims += usize::from(result.identity().is_some());
            let mut untrue = Vec::new();
            let filled = filled(&result, &attributes, &mut untrue);
            let (told, expected) = (as_texts(&filled), as_texts(&known));
            if known.is_known() && !told.admits(&expected) && !narrowed(&told, &expected).admits(&expected) {
                untrue.push(format!("it is {known} and not {filled}"));
            }
            wrong.extend(
                untrue.into_iter().map(|claim| format!("{expression}\n    gives {result}\n    {claim}")),
            );
        }
    }
    assert!(claims > count / 10, "{claims} results have an identity");
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
