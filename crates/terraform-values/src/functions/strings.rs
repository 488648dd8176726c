//! Functions of texts.

use super::call::{Answer, Call};
use super::letters::{self, Case};
use super::pattern::{Match, Pattern};
use super::pattern_replace;
use super::refusal::Refusal;
use super::text_parts::{self, Ends};
use super::text_search;
use crate::types::Type;
use crate::value::hole::HoleShape;
use crate::value::sequence::SequenceKind;
use crate::value::text::{Text, TextBuilder};
use crate::value::{Shape, Value};

/// `upper`.
pub(super) fn upper(call: &Call<'_>) -> Answer {
    map_case(call, Case::Upper)
}

/// `lower`.
pub(super) fn lower(call: &Call<'_>) -> Answer {
    map_case(call, Case::Lower)
}

fn map_case(call: &Call<'_>, case: Case) -> Answer {
    let words = format!("{}(…)", call.name);
    let mapped = text_parts::map_literals(&call.text(0)?, &words, |literal| letters::map_case(literal, case));
    mapped.map(Value::from).ok_or(Refusal::Unread)
}

/// A function of known text.
fn of_known(call: &Call<'_>, at: usize, change: impl FnOnce(&str) -> Option<String>) -> Answer {
    change(&call.known(at)?).map(|text| Value::from(text.as_str())).ok_or(Refusal::Unread)
}

/// `title`.
pub(super) fn title(call: &Call<'_>) -> Answer {
    of_known(call, 0, letters::title)
}

/// `strrev`.
pub(super) fn reverse(call: &Call<'_>) -> Answer {
    of_known(call, 0, |text| Some(letters::reverse(text)))
}

/// `urlencode`. A word is its own encoding.
pub(super) fn url_encode(call: &Call<'_>) -> Answer {
    text_parts::change_literals(&call.text(0)?, |literal| Some(letters::url_encode(literal)))
        .map(Value::from)
        .ok_or(Refusal::Unread)
}

/// `chomp`.
pub(super) fn chomp(call: &Call<'_>) -> Answer {
    trim_ends(call, Ends::Last, |letter| letter == '\n' || letter == '\r')
}

fn trim_ends(call: &Call<'_>, ends: Ends, is_removed: impl Fn(char) -> bool) -> Answer {
    text_parts::trim(&call.text(0)?, ends, is_removed).map(Value::from).ok_or(Refusal::Unread)
}

/// `trimspace`.
pub(super) fn trim_space(call: &Call<'_>) -> Answer {
    trim_ends(call, Ends::Both, char::is_whitespace)
}

/// `trim`.
pub(super) fn trim(call: &Call<'_>) -> Answer {
    let cutset = call.known(1)?;
    trim_ends(call, Ends::Both, |letter| cutset.contains(letter))
}

/// `trimprefix`.
pub(super) fn trim_prefix(call: &Call<'_>) -> Answer {
    let text = call.text(0)?;
    trim_or_not(call, text_parts::trim_prefix(&text, &call.known(1)?), text)
}

/// `trimsuffix`.
pub(super) fn trim_suffix(call: &Call<'_>) -> Answer {
    let text = call.text(0)?;
    trim_or_not(call, text_parts::trim_suffix(&text, &call.known(1)?), text)
}

/// The trimmed text; where it is not known whether there is anything to trim, the text itself or any other.
fn trim_or_not(call: &Call<'_>, trimmed: Option<Text>, text: Text) -> Answer {
    Ok(trimmed.map_or_else(|| Value::one_of(vec![text.into(), call.any_text()]), Value::from))
}

/// `indent`.
pub(super) fn indent(call: &Call<'_>) -> Answer {
    let spaces = usize::try_from(call.whole(0)?).map_err(|_| Refusal::Unread)?;
    // No line of a configuration is moved further.
    if spaces > 4_096 {
        return Err(Refusal::Unread);
    }
    let text = call.text(1)?;
    if let Some(known) = text.as_known() {
        return Ok(letters::indent(known, spaces).as_str().into());
    }
    let words = format!("{}(…)", call.name);
    let by = Text::known(&format!("\n{}", " ".repeat(spaces)));
    text_parts::replace(&text, "\n", &by, &words).map(Value::from).ok_or(Refusal::Unread)
}

/// `substr`.
pub(super) fn substring(call: &Call<'_>) -> Answer {
    let (offset, length) = (call.whole(1)?, call.whole(2)?);
    let text = call.text(0)?;
    if let Some(known) = text.as_known() {
        return Ok(letters::substring(known, offset, length).as_str().into());
    }
    let offset = usize::try_from(offset).map_err(|_| Refusal::Unread)?;
    let words = format!("{}(…)", call.name);
    let part = text_parts::substring(&text, offset, usize::try_from(length).ok(), &words);
    part.map(Value::from).ok_or(Refusal::Unread)
}

/// `startswith`.
pub(super) fn starts_with(call: &Call<'_>) -> Answer {
    truth(text_search::starts_with(&call.text(0)?, &call.known(1)?))
}

/// `endswith`.
pub(super) fn ends_with(call: &Call<'_>) -> Answer {
    truth(text_search::ends_with(&call.text(0)?, &call.known(1)?))
}

/// `strcontains`.
pub(super) fn contains(call: &Call<'_>) -> Answer {
    truth(text_search::contains(&call.text(0)?, &call.known(1)?))
}

fn truth(answer: Option<bool>) -> Answer {
    Ok(answer.map_or_else(Value::any_bool, Value::from))
}

/// `replace`.
pub(super) fn replace(call: &Call<'_>) -> Answer {
    let (text, needle, by) = (call.text(0)?, call.known(1)?, call.text(2)?);
    let pattern = needle.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    if let Some(pattern) = pattern {
        return pattern_replace::replace(call, &text, pattern, by.as_known().ok_or(Refusal::Unread)?);
    }
    if let (Some(known), Some(by), true) = (text.as_known(), by.as_known(), needle.is_empty()) {
        return Ok(known.replace("", by).as_str().into());
    }
    let words = format!("{}(…)", call.name);
    text_parts::replace(&text, &needle, &by, &words).map(Value::from).ok_or(Refusal::Unread)
}

/// `split`.
pub(super) fn split(call: &Call<'_>) -> Answer {
    let words = format!("{}(…)", call.name);
    Ok(text_parts::split(&call.text(1)?, &call.known(0)?, &words))
}

/// `join`.
pub(super) fn join(call: &Call<'_>) -> Answer {
    let separator = call.text(0)?;
    let mut items = Vec::new();
    for at in 1..call.arguments.len() {
        let list = call.list(at, Type::String)?;
        let list = super::call::sequence(&list)?;
        items.extend(list.items().iter().cloned());
        if let Some(rest) = list.rest() {
            // From here on neither the number of elements nor their order is known.
            return Ok(join_start(call, &separator, &items, rest));
        }
    }
    if call.arguments.len() < 2 {
        return Err(Refusal::Fails);
    }
    match call.for_each_choice(&items, |chosen| join_items(call, &separator, chosen)) {
        Err(Refusal::Unread) => {
            // Too many alternatives: each element that has some is any text.
            let plain = items.iter().map(|item| {
                let hole = || item.hole("one of several texts", HoleShape::Any);
                if item.alternatives().len() > 1 { Value::any_text(hole()) } else { item.clone() }
            });
            join_items(call, &separator, &plain.collect::<Vec<_>>())
        }
        answer => answer,
    }
}

fn join_items(call: &Call<'_>, separator: &Text, items: &[Value]) -> Answer {
    if let [only] = items {
        return join_one(call, only);
    }
    let mut builder = TextBuilder::default();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            builder.push(separator);
        }
        builder.push(&call.text_of(item)?);
    }
    Ok(builder.build().into())
}

/// The only element, which is the whole result: `join("", aws_iam_role.this[*].arn)`.
fn join_one(call: &Call<'_>, only: &Value) -> Answer {
    let text = Value::from(call.text_of(only)?);
    let is_same = matches!(only.shape, Shape::Text(_) | Shape::Anything(_));
    let text = match only.identity().filter(|_| is_same) {
        Some(identity) => text.with_identity(identity.clone()),
        None => text,
    };
    Ok(match only.encoded().filter(|_| is_same) {
        Some(encoded) => text.with_encoded(encoded.clone()),
        None => text,
    })
}

/// The text that joined elements surely begin with.
fn join_start(call: &Call<'_>, separator: &Text, items: &[Value], rest: &Value) -> Value {
    let mut builder = TextBuilder::default();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            builder.push(separator);
        }
        match call.text_of(item) {
            Ok(text) => builder.push(&text),
            Err(_) => break,
        }
    }
    call.note_doubt();
    let words = format!("{}(…)", call.name);
    builder.push_hole(rest.hole(&words, HoleShape::Any));
    builder.build().into()
}

/// `regex`.
pub(super) fn regex(call: &Call<'_>) -> Answer {
    let pattern = Pattern::parse(call, &call.known(0)?)?;
    let text = call.text(1)?;
    match text.as_known() {
        Some(known) => Ok(read_match(pattern.first(known)?)),
        None => {
            match pattern.automaton(call).and_then(|automaton| automaton.matches(&text)) {
                Some(true) => {}
                Some(false) => return Err(Refusal::Fails),
                None => call.note_doubt(),
            }
            Ok(any_match(call, &pattern))
        }
    }
}

/// `regexall`.
pub(super) fn regex_all(call: &Call<'_>) -> Answer {
    let pattern = Pattern::parse(call, &call.known(0)?)?;
    let text = call.text(1)?;
    match text.as_known() {
        Some(known) => Ok(Value::list(pattern.all(known)?.into_iter().map(read_match).collect())),
        None => match pattern.automaton(call).and_then(|automaton| automaton.matches(&text)) {
            Some(false) => Ok(Value::list(Vec::new())),
            Some(true) => {
                let found = any_match(call, &pattern);
                Ok(Value::sequence(SequenceKind::List, vec![found.clone()], Some(found)))
            }
            None => Ok(Value::elements(SequenceKind::List, any_match(call, &pattern))),
        },
    }
}

/// Some match of a pattern.
fn any_match(call: &Call<'_>, pattern: &Pattern) -> Value {
    let groups: Vec<Option<&str>> = pattern.groups().collect();
    let group = || Value::one_of(vec![call.any_text(), Value::NULL]);
    match groups.iter().copied().collect::<Option<Vec<&str>>>() {
        _ if groups.is_empty() => call.any_text(),
        Some(names) => Value::object(names.into_iter().map(|name| (name, group()))),
        None => Value::tuple(groups.iter().map(|_| group()).collect()),
    }
}

/// A match as Terraform returns it: a text, a tuple, or an object where the groups have names.
fn read_match(found: Match) -> Value {
    let group = |text: Option<String>| text.map_or(Value::NULL, |text| Value::from(text.as_str()));
    match found {
        Match::Whole(text) => text.as_str().into(),
        Match::Groups(groups) => {
            let is_named = groups.iter().any(|(name, _)| name.is_some());
            if !is_named {
                return Value::tuple(groups.into_iter().map(|(_, text)| group(text)).collect());
            }
            Value::object(groups.into_iter().map(|(name, text)| (name.unwrap_or_default(), group(text))))
        }
    }
}

/// `length` of a text.
pub(super) fn length(call: &Call<'_>, text: &Text) -> Value {
    match text.as_known() {
        Some(known) => Value::from(crate::Number::from(letters::count(known))),
        None => Shape::Anything(call.hole(HoleShape::Word)).into(),
    }
}
