//! `replace` of a pattern in a text with holes.
//!
//! A pattern that matches no filling of the holes changes nothing. Two forms of patterns are followed otherwise: one class of
//! letters (`[^a-z0-9]`), which works letter by letter, and everything up to the last occurrence of a text (`^.*role/`). Any
//! other pattern leaves what stands before its first possible match.

use super::call::{Answer, Call};
use super::pattern::Pattern;
use super::refusal::Refusal;
use super::text_search::touches_hole;
use crate::value::Value;
use crate::value::hole::HoleShape;
use crate::value::text::{Text, TextBuilder, TextPart};

/// The text with every match replaced.
pub(super) fn replace(call: &Call<'_>, text: &Text, pattern: &str, by: &str) -> Answer {
    let compiled = Pattern::parse(call, pattern)?;
    if let Some(known) = text.as_known() {
        return Ok(compiled.replace(known, by)?.as_str().into());
    }
    let automaton = compiled.automaton(call);
    if automaton.as_ref().and_then(|automaton| automaton.matches(text)) == Some(false) {
        return Ok(text.clone().into());
    }
    if let Some(end) = read_up_to(pattern).filter(|_| !by.contains('$')) {
        return cut_up_to(call, text, &end, by);
    }
    let replaced = Class::read(pattern).and_then(|class| replace_letters(text, &class, &compiled, by).ok());
    let kept = || automaton?.keep_start(text, "replace(…)");
    replaced.or_else(kept).map(Value::from).ok_or(Refusal::Unread)
}

/// One class of letters.
struct Class {
    /// Whether a match may be of several letters, or of none.
    is_repeated: bool,
}

impl Class {
    fn read(pattern: &str) -> Option<Self> {
        let class = pattern.strip_suffix(['+', '*']).unwrap_or(pattern);
        let inside = class.strip_prefix('[')?.strip_suffix(']')?;
        (!inside.contains(['[', ']'])).then_some(Self { is_repeated: class.len() < pattern.len() })
    }
}

/// All letters that a `Word` hole may have.
const WORD_LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Replaces letters one by one. A run of letters that becomes one text could reach into a hole, so that is followed only
/// where words have none of the letters.
fn replace_letters(text: &Text, class: &Class, pattern: &Pattern, by: &str) -> Result<Text, Refusal> {
    let is_erased = by.is_empty();
    let writes_between = pattern.matches_nothing() && !is_erased;
    let has_word_letter = WORD_LETTERS.chars().any(|letter| pattern.matches_whole(letter));
    let keeps_words = !writes_between && !has_word_letter;
    let is_by_letter = !class.is_repeated || is_erased;
    let stays_word =
        !is_erased && !by.contains('$') && by.chars().all(|letter| WORD_LETTERS.contains(letter));
    let mut builder = TextBuilder::default();
    for part in text.parts() {
        match part {
            TextPart::Literal(literal) => builder.push_literal(&pattern.replace(literal, by)?),
            TextPart::Hole(hole) if hole.shape == HoleShape::Word && keeps_words => {
                builder.push_hole(hole.clone())
            }
            TextPart::Hole(hole) if is_by_letter => {
                let shape = if stays_word { hole.shape } else { HoleShape::Any };
                builder.push_hole(hole.computed("replace(…)", shape));
            }
            TextPart::Hole(_) => return Err(Refusal::Unread),
        }
    }
    Ok(builder.build())
}

/// The text at the end of a pattern `^.*TEXT` or `^(.*TEXT)`.
fn read_up_to(pattern: &str) -> Option<String> {
    let rest = pattern.strip_prefix('^')?;
    let rest = match rest.strip_prefix('(') {
        Some(inside) => inside.strip_suffix(')')?,
        None => rest,
    };
    let mut letters = rest.strip_prefix(".*")?.chars();
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => text.push(letters.next().filter(char::is_ascii_punctuation)?),
            '.' | '[' | ']' | '(' | ')' | '{' | '}' | '*' | '+' | '?' | '|' | '^' | '$' => return None,
            _ => text.push(letter),
        }
    }
    (!text.is_empty() && !text.contains('\n')).then_some(text)
}

/// Replaces everything up to the last occurrence of `end`. `.` matches no line end.
fn cut_up_to(call: &Call<'_>, text: &Text, end: &str, by: &str) -> Answer {
    let parts = text.parts();
    let has_line_end = |part: &TextPart| matches!(part, TextPart::Literal(literal) if literal.contains('\n'));
    if parts.iter().any(has_line_end) {
        return Err(Refusal::Unread);
    }
    let found = parts.iter().enumerate().rev().find_map(|(at, part)| match part {
        TextPart::Literal(literal) => literal.rfind(end).map(|start| (at, literal, start)),
        TextPart::Hole(_) => None,
    });
    let Some((at, literal, start)) = found else {
        return if touches_hole(text, end) { Err(Refusal::Unread) } else { Ok(text.clone().into()) };
    };
    let build = |first: &str, literal: &str| {
        let mut builder = TextBuilder::default();
        builder.push_literal(first);
        builder.push_literal(literal);
        for part in parts.iter().skip(at + 1) {
            match part {
                TextPart::Literal(literal) => builder.push_literal(literal),
                TextPart::Hole(hole) => builder.push_hole(hole.clone()),
            }
        }
        builder.build()
    };
    let cut = Value::from(build(by, literal.get(start + end.len()..).unwrap_or_default()));
    // A later occurrence begins behind the start of this one.
    let behind = literal.get(start..).unwrap_or_default();
    let behind = behind.char_indices().nth(1).and_then(|(next, _)| behind.get(next..)).unwrap_or_default();
    let may_be_later = touches_hole(&build("", behind), end);
    // A hole may hold a line end, which `.*` does not pass.
    let may_end = parts
        .iter()
        .take(at)
        .any(|part| matches!(part, TextPart::Hole(hole) if hole.shape == HoleShape::Any));
    Ok(if may_be_later || may_end { Value::one_of(vec![cut, call.any_text()]) } else { cut })
}
