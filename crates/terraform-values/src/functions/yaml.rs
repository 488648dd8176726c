//! `yamlencode` and `yamldecode`, as go-cty-yaml has them.

use std::collections::BTreeMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::call::{Answer, Call};
use super::refusal::Refusal;
use crate::types::convert_text;
use crate::value::hole::HoleShape;
use crate::value::mapping::MappingKind;
use crate::value::number::Number;
use crate::value::{Shape, Value};

/// Beyond this column the emitter breaks texts at their spaces.
const LINE_WIDTH: usize = 80;

/// Nested deeper than any document of a configuration.
const MAX_DEPTH: usize = 40;

/// `yamlencode`. What is not written here exactly is any text.
pub(super) fn encode(call: &Call<'_>) -> Answer {
    let value = call.argument(0)?;
    let mut written = String::new();
    match write(value, 0, Place::Top, &mut written) {
        Ok(()) => Ok(written.as_str().into()),
        Err(_) => Ok(Value::any_text(call.hole(HoleShape::Any))),
    }
}

/// Where a value stands, which decides where its first line begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Top,
    Member,
    Item,
}

fn write(value: &Value, indent: usize, place: Place, written: &mut String) -> Result<(), Refusal> {
    let space = if place == Place::Member { " " } else { "" };
    // A document that is a plain scalar is closed.
    let end = if place == Place::Top { "\n...\n" } else { "\n" };
    match &value.shape {
        Shape::Null(_) => written.push_str(&format!("{space}null{end}")),
        Shape::Bool(truth) => written.push_str(&format!("{space}{truth}{end}")),
        Shape::Number(number) => written.push_str(&format!("{space}{number}{end}")),
        Shape::Text(text) => {
            let text = text.as_known().ok_or(Refusal::Unread)?;
            written.push_str(space);
            let column = written.len() - written.rfind('\n').map_or(0, |at| at + 1);
            written.push_str(&quote(text, column)?);
            written.push('\n');
        }
        Shape::Sequence(sequence) => {
            if !value.is_known() || !sequence.is_ordered() {
                return Err(Refusal::Unread);
            }
            if sequence.items().is_empty() {
                written.push_str(&format!("{space}[]\n"));
                return Ok(());
            }
            // Items of a member stand below its name.
            if place == Place::Member {
                written.push('\n');
            }
            for (at, item) in sequence.items().iter().enumerate() {
                let is_inline = place == Place::Item && at == 0;
                written.push_str(&" ".repeat(if is_inline { 0 } else { indent }));
                written.push_str("- ");
                write(item, indent + 2, Place::Item, written)?;
            }
        }
        Shape::Mapping(mapping) => {
            if !value.is_known() {
                return Err(Refusal::Unread);
            }
            if mapping.members().is_empty() {
                written.push_str(&format!("{space}{{}}\n"));
                return Ok(());
            }
            if place == Place::Member {
                written.push('\n');
            }
            for (at, (name, member)) in mapping.members().iter().enumerate() {
                let is_inline = place == Place::Item && at == 0;
                written.push_str(&" ".repeat(if is_inline { 0 } else { indent }));
                // Longer names become explicit keys.
                if name.len() > 100 {
                    return Err(Refusal::Unread);
                }
                written.push_str(&quote(name, 0)?);
                written.push(':');
                let is_list = matches!(member.shape, Shape::Sequence(_));
                write(member, if is_list { indent } else { indent + 2 }, Place::Member, written)?;
            }
        }
        Shape::Anything(_) | Shape::OneOf(_) => return Err(Refusal::Unread),
    }
    Ok(())
}

/// A text in double quotes that begins at this column. Texts of several lines and such as the emitter would break are not
/// written here.
fn quote(text: &str, column: usize) -> Result<String, Refusal> {
    let is_plain = |letter: char| {
        letter == '\t'
            || (letter.is_ascii() && !letter.is_ascii_control())
            || ('\u{a0}'..='\u{d7ff}').contains(&letter)
    };
    let is_broken = text.contains(' ') && column + text.chars().count() + 2 > LINE_WIDTH;
    if is_broken || !text.chars().all(is_plain) || text.contains(['\u{2028}', '\u{2029}', '\u{feff}']) {
        return Err(Refusal::Unread);
    }
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\t' => quoted.push_str("\\t"),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    Ok(quoted)
}

/// `yamldecode`.
pub(super) fn decode(call: &Call<'_>) -> Answer {
    let text = call.known(0)?;
    // JSON is YAML, and a policy in JSON is the most frequent document of all.
    let mut reader = Reader { parser: Parser::new_from_str(&text), anchors: BTreeMap::new() };
    reader.read_document()
}

/// Reads the events of a document. What this parser refuses Go's may take, so nothing surely fails here.
struct Reader<'t> {
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    anchors: BTreeMap<usize, Value>,
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "every other event, one of a later version too, is not read"
)]
impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Event<'t>, Refusal> {
        match self.parser.next_event() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(_)) | None => Err(Refusal::Unread),
        }
    }

    fn expect(&mut self, is_expected: impl Fn(&Event<'t>) -> bool) -> Result<(), Refusal> {
        if is_expected(&self.next()?) { Ok(()) } else { Err(Refusal::Unread) }
    }

    fn read_document(&mut self) -> Answer {
        self.expect(|event| matches!(event, Event::StreamStart))?;
        self.expect(|event| matches!(event, Event::DocumentStart(_)))?;
        let first = self.next()?;
        let value = self.read_value(first, MAX_DEPTH)?;
        self.expect(|event| matches!(event, Event::DocumentEnd))?;
        // A second document is refused.
        self.expect(|event| matches!(event, Event::StreamEnd))?;
        Ok(value)
    }

    fn read_value(&mut self, event: Event<'t>, depth: usize) -> Answer {
        let deeper = depth.checked_sub(1).ok_or(Refusal::Unread)?;
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, tag) => (resolve(&text, style, tag.as_deref())?, anchor),
            Event::Alias(anchor) => return self.anchors.get(&anchor).cloned().ok_or(Refusal::Unread),
            Event::SequenceStart(anchor, None) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd => break,
                        event => items.push(self.read_value(event, deeper)?),
                    }
                }
                (Value::tuple(items), anchor)
            }
            Event::MappingStart(anchor, None) => (self.read_mapping(deeper)?, anchor),
            _ => return Err(Refusal::Unread),
        };
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn read_mapping(&mut self, depth: usize) -> Answer {
        let mut members: BTreeMap<Arc<str>, Value> = BTreeMap::new();
        loop {
            let name = match self.next()? {
                Event::MappingEnd => return Ok(Value::mapping(MappingKind::Object, members, None)),
                // A merge key takes effect where it stands, so its order counts; it is rare.
                Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<" => {
                    return Err(Refusal::Unread);
                }
                Event::Scalar(text, style, 0, tag) => resolve(&text, style, tag.as_deref())?,
                _ => return Err(Refusal::Unread),
            };
            if name.is_null() {
                return Err(Refusal::Fails);
            }
            let (name, _) = convert_text(&name).ok_or(Refusal::Unread)?;
            let event = self.next()?;
            let member = self.read_value(event, depth)?;
            if members.insert(name.as_known().ok_or(Refusal::Unread)?.into(), member).is_some() {
                return Err(Refusal::Unread);
            }
        }
    }
}

/// The value of a scalar.
fn resolve(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Answer {
    if tag.is_some() {
        return Err(Refusal::Unread);
    }
    if style != ScalarStyle::Plain {
        return Ok(text.into());
    }
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            return Ok(true.into());
        }
        "n" | "N" | "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            return Ok(false.into());
        }
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::NULL),
        _ => {}
    }
    let is_infinite =
        matches!(text.trim_start_matches(['-', '+']), ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN");
    if is_infinite || is_time(text) || is_other_base(text) {
        return Err(Refusal::Unread);
    }
    if is_number(text) {
        return Number::parse(text.strip_prefix('+').unwrap_or(text)).map(Value::from).ok_or(Refusal::Unread);
    }
    Ok(text.into())
}

/// What begins like a date; Terraform rewrites those that are one.
fn is_time(text: &str) -> bool {
    let (year, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    year.len() == 4 && rest.starts_with('-')
}

/// `0x1f`, `0o17`.
fn is_other_base(text: &str) -> bool {
    let digits = |prefix, radix| {
        text.strip_prefix(prefix)
            .is_some_and(|rest: &str| !rest.is_empty() && rest.chars().all(|c| c.is_digit(radix)))
    };
    digits("0x", 16) || digits("0o", 8)
}

/// A decimal: `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let has_digits = !whole.is_empty() || !fraction.is_empty();
    has_digits && is_digits(whole) && is_digits(fraction) && !exponent.is_empty() && is_digits(exponent)
}
