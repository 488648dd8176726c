//! `format` and `formatlist`.

use super::call::{Answer, Call};
use super::refusal::Refusal;
use super::verbs::{self, Piece, Verb};
use super::{digits, json, letters};
use crate::types::Type;
use crate::value::hole::HoleShape;
use crate::value::limits::MAX_ALTERNATIVES;
use crate::value::sequence::SequenceKind;
use crate::value::text::{Text, TextBuilder};
use crate::value::{NullType, Shape, Value};

/// `format`.
pub(super) fn format(call: &Call<'_>) -> Answer {
    let arguments = call.rest(1);
    if arguments.iter().any(Value::is_null) {
        // Of a null without a type Terraform makes a value that is known after apply, of any type; other nulls are refused
        // but by `%v`.
        if arguments.iter().any(|argument| matches!(argument.shape, Shape::Null(NullType::Unsure))) {
            call.note_doubt();
        }
        return Ok(Value::anything(call.hole(HoleShape::Any)));
    }
    let pieces = verbs::parse(&call.known(0)?, arguments.len())?;
    write(call, &pieces, arguments)
}

/// The format with these arguments, each without alternatives.
fn write(call: &Call<'_>, pieces: &[Piece], arguments: &[Value]) -> Answer {
    let mut builder = TextBuilder::default();
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => builder.push_literal(literal),
            Piece::Verb(verb) => {
                let argument = arguments.get(verb.argument).ok_or(Refusal::Fails)?;
                builder.push(&write_argument(call, verb, argument)?);
            }
        }
    }
    Ok(builder.build().into())
}

/// One argument under its verb. What is not known is a hole of its own.
fn write_argument(call: &Call<'_>, verb: &Verb, argument: &Value) -> Result<Text, Refusal> {
    if argument.is_null() && verb.mode != 'v' {
        return Err(Refusal::Fails);
    }
    let answer = match verb.mode {
        'v' => write_default(verb, argument),
        't' => write_truth(call, argument),
        'b' | 'd' | 'o' | 'x' | 'X' | 'e' | 'E' | 'f' | 'g' | 'G' => call
            .number_of(argument)
            .and_then(|number| digits::write(&number, verb))
            .map(|text| Text::known(&text)),
        's' => return write_text(call, verb, argument),
        'q' => call.text_of(argument).and_then(|text| {
            let known = text.as_known().ok_or(Refusal::Unread)?;
            Ok(Text::known(&verb.pad(json::quote(&cut(known, verb)), letters::count)))
        }),
        _ => return Err(Refusal::Fails),
    };
    match answer {
        Err(Refusal::Unread) => {
            call.note_doubt();
            let words = format!("{}(…)", call.name);
            Ok(Text::hole(argument.hole(&words, shape_of(verb))))
        }
        answer => answer,
    }
}

/// What surely holds of an unknown argument under this verb.
fn shape_of(verb: &Verb) -> HoleShape {
    let is_digits =
        matches!(verb.mode, 'b' | 'd' | 'o' | 'x' | 'X' | 't') && !verb.has_plus && !verb.has_space;
    let is_filled = verb.mode == 't' || verb.width.is_none() || (verb.is_zero && !verb.is_left);
    if is_digits && is_filled && !verb.is_sharp { HoleShape::Word } else { HoleShape::Any }
}

/// `%s`.
fn write_text(call: &Call<'_>, verb: &Verb, argument: &Value) -> Result<Text, Refusal> {
    let text = call.text_of(argument)?;
    match text.as_known() {
        Some(known) => Ok(Text::known(&verb.pad(cut(known, verb), letters::count))),
        None if verb.is_plain() => Ok(text),
        None => {
            let words = format!("{}(…)", call.name);
            Ok(Text::hole(argument.hole(&words, HoleShape::Any)))
        }
    }
}

/// So many characters of a text. A precision of zero cuts nothing.
fn cut(text: &str, verb: &Verb) -> String {
    match verb.precision.unwrap_or_default() {
        0 => text.to_owned(),
        precision => letters::substring(text, 0, i64::try_from(precision).unwrap_or(i64::MAX)),
    }
}

/// `%t`.
fn write_truth(call: &Call<'_>, argument: &Value) -> Result<Text, Refusal> {
    let truth = call.convert(argument, &Type::Bool)?;
    match truth.as_bool() {
        Some(truth) => Ok(Text::known(if truth { "true" } else { "false" })),
        None => Err(Refusal::Unread),
    }
}

/// `%v`: a text as it is, a number in its shortest form, and everything else as JSON.
fn write_default(verb: &Verb, argument: &Value) -> Result<Text, Refusal> {
    let written = if let Some(text) = argument.as_text().filter(|_| !verb.is_sharp) {
        match text.as_known() {
            Some(known) => known.to_owned(),
            None if verb.width.is_none() => return Ok(text.clone()),
            None => return Err(Refusal::Unread),
        }
    } else if let Some(number) = argument.as_number().filter(|_| !verb.is_sharp) {
        let sign = if number.compare(&0_i64.into()).is_lt() { "-" } else { "" };
        format!("{sign}{}", digits::write_general(number))
    } else {
        json::write(argument)?.as_known().ok_or(Refusal::Unread)?.to_owned()
    };
    Ok(Text::known(&verb.pad(written, letters::count)))
}

/// `formatlist`: lists are iterated together, and everything else is repeated.
pub(super) fn format_list(call: &Call<'_>) -> Answer {
    let arguments = call.rest(1);
    let pieces = verbs::parse(&call.known(0)?, arguments.len())?;
    let mut length = None;
    for argument in arguments {
        let Shape::Sequence(sequence) = &argument.shape else { continue };
        if !sequence.is_ordered() {
            return Ok(Value::elements(SequenceKind::List, write_any_row(call, &pieces, arguments)));
        }
        if length.is_some_and(|length| length != sequence.items().len()) {
            return Err(Refusal::Fails);
        }
        length = Some(sequence.items().len());
    }
    // An argument that may be a list decides the length.
    if arguments.iter().any(|argument| matches!(argument.shape, Shape::Anything(_))) {
        return Err(Refusal::Unread);
    }
    let rows = (0..length.unwrap_or(1)).map(|at| write_row(call, &pieces, arguments, at));
    Ok(Value::list(rows.collect::<Result<_, _>>()?))
}

/// The format with the elements at one place of all lists.
fn write_row(call: &Call<'_>, pieces: &[Piece], arguments: &[Value], at: usize) -> Answer {
    let pick = |argument: &Value| match argument.as_sequence() {
        Some(sequence) => sequence.items().get(at).cloned(),
        None => Some(argument.clone()),
    };
    let row: Vec<Value> = arguments.iter().map(pick).collect::<Option<_>>().ok_or(Refusal::Fails)?;
    let choices = row.iter().map(|value| value.alternatives().len()).fold(1, usize::saturating_mul);
    if choices > MAX_ALTERNATIVES {
        return Ok(call.any_text());
    }
    call.for_each_choice(&row, |chosen| write(call, pieces, chosen))
}

/// What the format gives for some elements of the lists.
fn write_any_row(call: &Call<'_>, pieces: &[Piece], arguments: &[Value]) -> Value {
    call.note_doubt();
    let any = |argument: &Value| match argument.as_sequence() {
        Some(sequence) => sequence.element(),
        None => Some(argument.clone()),
    };
    let row: Option<Vec<Value>> = arguments.iter().map(any).collect();
    let written = row.and_then(|row| call.for_each_choice(&row, |chosen| write(call, pieces, chosen)).ok());
    written.unwrap_or_else(|| call.any_text())
}
