//! `jsonencode` and `jsondecode`.
//!
//! The JSON of a partly known value remembers the value: whoever reads the text as a document sees its members.

use serde_json::value::RawValue;

use super::call::{Answer, Call};
use super::refusal::Refusal;
use crate::value::hole::{Hole, HoleShape};
use crate::value::mapping::{MappingKind, Members};
use crate::value::number::Number;
use crate::value::sequence::SequenceKind;
use crate::value::text::{Text, TextBuilder, TextPart};
use crate::value::{Shape, Value};

/// `jsonencode`.
pub(super) fn encode(call: &Call<'_>) -> Answer {
    let value = call.argument(0)?;
    let text = write(value).unwrap_or_else(|_| Text::hole(call.hole(HoleShape::Any)));
    if text.as_known().is_some() {
        Ok(text.into())
    } else {
        Ok(Value::from(text).with_encoded(value.clone()))
    }
}

/// `jsondecode`.
pub(super) fn decode(call: &Call<'_>) -> Answer {
    let argument = call.argument(0)?;
    if let Some(encoded) = argument.encoded() {
        return Ok(read_back(encoded));
    }
    let text = call.text(0)?;
    match text.as_known() {
        Some(known) => parse(known),
        None => {
            call.note_doubt();
            parse_with_holes(&text)
        }
    }
}

/// JSON whose holes are words in its strings: those hold nothing that JSON would read, so each may stand as it is.
fn parse_with_holes(text: &Text) -> Answer {
    let words = Placeholders::of(text).ok_or(Refusal::Unread)?;
    // What stands in the place of a hole outside of a string is no JSON.
    let value = parse(&words.text).map_err(|_| Refusal::Unread)?;
    words.put_back(&value).ok_or(Refusal::Unread)
}

/// The JSON of a value, where it is known or has nothing but `Word` holes, which need no escape.
pub(super) fn write(value: &Value) -> Result<Text, Refusal> {
    let mut builder = TextBuilder::default();
    write_value(value, &mut builder)?;
    Ok(builder.build())
}

fn write_value(value: &Value, builder: &mut TextBuilder) -> Result<(), Refusal> {
    match &value.shape {
        Shape::Anything(_) | Shape::OneOf(_) => return Err(Refusal::Unread),
        Shape::Null(_) => builder.push_literal("null"),
        Shape::Bool(truth) => builder.push_literal(if *truth { "true" } else { "false" }),
        Shape::Number(number) => builder.push_literal(&number.to_string()),
        Shape::Text(text) => write_text(text, builder)?,
        Shape::Sequence(sequence) => {
            if !sequence.is_ordered() {
                return Err(Refusal::Unread);
            }
            builder.push_literal("[");
            for (at, item) in sequence.items().iter().enumerate() {
                builder.push_literal(if at == 0 { "" } else { "," });
                write_value(item, builder)?;
            }
            builder.push_literal("]");
        }
        Shape::Mapping(mapping) => {
            if mapping.rest().is_some() {
                return Err(Refusal::Unread);
            }
            builder.push_literal("{");
            for (at, (name, member)) in mapping.members().iter().enumerate() {
                builder.push_literal(if at == 0 { "" } else { "," });
                builder.push_literal(&quote(name));
                builder.push_literal(":");
                write_value(member, builder)?;
            }
            builder.push_literal("}");
        }
    }
    Ok(())
}

fn write_text(text: &Text, builder: &mut TextBuilder) -> Result<(), Refusal> {
    builder.push_literal("\"");
    for part in text.parts() {
        match part {
            TextPart::Literal(literal) => builder.push_literal(&escape(literal)),
            TextPart::Hole(hole) if hole.shape == HoleShape::Word => builder.push_hole(hole.clone()),
            TextPart::Hole(_) => return Err(Refusal::Unread),
        }
    }
    builder.push_literal("\"");
    Ok(())
}

/// A text in quotes, as Go writes it into JSON.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", escape(text))
}

/// Go's escapes: those of JSON, and those that keep JSON harmless in HTML.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{c}' => escaped.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..'\u{20}' => {
                escaped.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A value as it comes back from its JSON: every sequence a tuple, every mapping an object.
fn read_back(value: &Value) -> Value {
    let back = match &value.shape {
        Shape::Null(_) => Value::NULL,
        Shape::Anything(hole) => Value::anything(hole.computed("jsondecode(…)", hole.shape)),
        Shape::Bool(_) | Shape::Number(_) | Shape::Text(_) => Value::from(value.shape.clone()),
        Shape::OneOf(alternatives) => Value::one_of(alternatives.iter().map(read_back).collect()),
        Shape::Sequence(sequence) => {
            let items: Vec<Value> = sequence.items().iter().map(read_back).collect();
            let rest = sequence.rest().map(read_back);
            if sequence.has_order() || items.is_empty() {
                Value::sequence(SequenceKind::Tuple, items, rest)
            } else {
                let all: Vec<Value> = items.into_iter().chain(rest).collect();
                Value::elements(SequenceKind::Tuple, Value::one_of(all))
            }
        }
        Shape::Mapping(mapping) => {
            let members = mapping.members().iter().map(|(name, member)| (name.clone(), read_back(member)));
            let open = mapping.convert_open(|member| Some(read_back(member)));
            let rest = mapping.rest().map(read_back);
            Value::open_mapping(MappingKind::Object, members.collect(), open, rest)
        }
    };
    back.with_marks(&value.marks)
}

/// Deeper JSON is beyond the parser's bound.
const MAX_DEPTH: usize = 100;

/// The value that JSON text is.
fn parse(text: &str) -> Answer {
    let raw: &RawValue = serde_json::from_str(text).map_err(|_| refuse(text))?;
    read(raw, MAX_DEPTH)
}

/// Go takes single surrogates, which this parser does not, and deeper nesting.
fn refuse(text: &str) -> Refusal {
    let opening = text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
    if text.contains("\\u") || opening > MAX_DEPTH { Refusal::Unread } else { Refusal::Fails }
}

fn read(raw: &RawValue, depth: usize) -> Answer {
    let text = raw.get();
    let deeper = depth.checked_sub(1).ok_or(Refusal::Unread)?;
    match text.bytes().next() {
        Some(b'{') => {
            let members: NamedParts<'_> = serde_json::from_str(text).map_err(|_| refuse(text))?;
            let mut object = std::collections::BTreeMap::new();
            for (name, member) in members.0 {
                // Of members with one name, Terraform takes the last for the value and for the type.
                if object.insert(normalize(&name).into(), read(member, deeper)?).is_some() {
                    return Err(Refusal::Unread);
                }
            }
            Ok(Value::mapping(MappingKind::Object, object, None))
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|_| refuse(text))?;
            Ok(Value::tuple(items.into_iter().map(|item| read(item, deeper)).collect::<Result<_, _>>()?))
        }
        Some(b'"') => {
            let text: String = serde_json::from_str(text).map_err(|_| refuse(text))?;
            Ok(text.as_str().into())
        }
        Some(b't') => Ok(true.into()),
        Some(b'f') => Ok(false.into()),
        Some(b'n') => Ok(Value::NULL),
        _ => Number::parse(text).map(Value::from).ok_or(Refusal::Unread),
    }
}

/// A name in Unicode's normal form, as every text of Terraform.
fn normalize(name: &str) -> String {
    Text::known(name).as_known().unwrap_or_default().to_owned()
}

/// A text with a word in the place of each hole.
struct Placeholders {
    text: String,
    words: Vec<(String, Hole)>,
}

impl Placeholders {
    /// `None` where a hole may hold anything.
    fn of(text: &Text) -> Option<Self> {
        // A word that no literal holds, so that it is found again and nothing else is.
        let literals = text.parts().iter().filter_map(|part| match part {
            TextPart::Literal(literal) => Some(&**literal),
            TextPart::Hole(_) => None,
        });
        let all: String = literals.collect();
        let base =
            (0..all.len() + 1).map(|at| format!("x{at}x")).find(|word| !all.contains(word.as_str()))?;
        let mut placed = Self { text: String::new(), words: Vec::new() };
        for (at, part) in text.parts().iter().enumerate() {
            match part {
                TextPart::Literal(literal) => placed.text.push_str(literal),
                TextPart::Hole(hole) if hole.shape == HoleShape::Word => {
                    let word = format!("{base}-{at}-");
                    placed.text.push_str(&word);
                    placed.words.push((word, hole.clone()));
                }
                TextPart::Hole(_) => return None,
            }
        }
        Some(placed)
    }

    /// The value with the holes in their places again.
    fn put_back(&self, value: &Value) -> Option<Value> {
        match &value.shape {
            Shape::Text(text) => Some(self.restore(text.as_known()?).into()),
            Shape::Sequence(sequence) => {
                let items = sequence.items().iter().map(|item| self.put_back(item));
                Some(Value::tuple(items.collect::<Option<_>>()?))
            }
            Shape::Mapping(mapping) => {
                let mut members = Members::default();
                let mut open = Vec::new();
                for (name, member) in mapping.members() {
                    let (restored, member) = (self.restore(name), self.put_back(member)?);
                    match restored.as_known() {
                        Some(_) => members.insert(name.clone(), member),
                        None => open.push((restored, member)),
                    }
                }
                // Of members of one name the last counts, wherever they stand.
                open.into_iter().for_each(|(name, member)| members.insert_open_beside(name, member));
                Some(members.build(MappingKind::Object))
            }
            Shape::Null(_) | Shape::Bool(_) | Shape::Number(_) => Some(value.clone()),
            Shape::Anything(_) | Shape::OneOf(_) => None,
        }
    }

    fn restore(&self, mut text: &str) -> Text {
        let mut builder = TextBuilder::default();
        for (word, hole) in &self.words {
            // The holes come back in the order in which they stood.
            if let Some((before, behind)) = text.split_once(word.as_str()) {
                builder.push_literal(before);
                builder.push_hole(hole.clone());
                text = behind;
            }
        }
        builder.push_literal(text);
        builder.build()
    }
}

/// The members of an object, in their order, those of one name too.
struct NamedParts<'t>(Vec<(String, &'t RawValue)>);

impl<'de> serde::Deserialize<'de> for NamedParts<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(NamedPartsVisitor)
    }
}

struct NamedPartsVisitor;

impl<'de> serde::de::Visitor<'de> for NamedPartsVisitor {
    type Value = NamedParts<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<NamedParts<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(NamedParts(members))
    }
}
