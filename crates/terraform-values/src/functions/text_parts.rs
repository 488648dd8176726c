//! Operations on texts of literals and holes: exact where no hole can touch the result, and widened otherwise.
//!
//! A `Word` hole holds one or more letters, digits, `-` and `_`, so what has none of these cannot lie in it, nor reach into
//! it. An `Any` hole may hold everything.

use std::sync::Arc;

use super::text_search::{ends_with, is_word_letter, starts_with, touches_hole};
use crate::value::Value;
use crate::value::hole::{Hole, HoleShape};
use crate::value::sequence::SequenceKind;
use crate::value::text::{Text, TextBuilder, TextPart};

/// Whether an occurrence of `needle` may lie in this hole, wholly or in part.
fn may_touch(hole: &Hole, needle: &str) -> bool {
    match hole.shape {
        HoleShape::Any => true,
        HoleShape::Word => needle.chars().any(is_word_letter),
    }
}

/// Whether the text is surely not empty.
pub(super) fn is_surely_nonempty(text: &Text) -> bool {
    text.parts().iter().any(|part| match part {
        TextPart::Literal(literal) => !literal.is_empty(),
        TextPart::Hole(hole) => hole.shape == HoleShape::Word,
    })
}

/// Whether every letter is surely one that a `Word` hole may have.
pub(super) fn is_word(text: &Text) -> bool {
    is_surely_nonempty(text)
        && text.parts().iter().all(|part| match part {
            TextPart::Literal(literal) => literal.chars().all(is_word_letter),
            TextPart::Hole(hole) => hole.shape == HoleShape::Word,
        })
}

/// A text of these parts.
fn join_parts<'p>(parts: impl Iterator<Item = &'p TextPart>) -> Text {
    let mut builder = TextBuilder::default();
    parts.for_each(|part| push_part(&mut builder, part));
    builder.build()
}

fn push_part(builder: &mut TextBuilder, part: &TextPart) {
    match part {
        TextPart::Literal(literal) => builder.push_literal(literal),
        TextPart::Hole(hole) => builder.push_hole(hole.clone()),
    }
}

/// `trimprefix`; `None` where it depends on a hole.
pub(super) fn trim_prefix(text: &Text, prefix: &str) -> Option<Text> {
    if prefix.is_empty() || !starts_with(text, prefix)? {
        return Some(text.clone());
    }
    let mut builder = TextBuilder::default();
    builder.push_literal(text.prefix().get(prefix.len()..).unwrap_or_default());
    text.parts().iter().skip(1).for_each(|part| push_part(&mut builder, part));
    Some(builder.build())
}

/// `trimsuffix`; `None` where it depends on a hole.
pub(super) fn trim_suffix(text: &Text, suffix: &str) -> Option<Text> {
    if suffix.is_empty() || !ends_with(text, suffix)? {
        return Some(text.clone());
    }
    let (last, before) = text.parts().split_last()?;
    let mut builder = TextBuilder::default();
    before.iter().for_each(|part| push_part(&mut builder, part));
    if let TextPart::Literal(literal) = last {
        builder.push_literal(literal.strip_suffix(suffix)?);
    }
    Some(builder.build())
}

/// Which ends of a text are trimmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    Both,
    Last,
}

/// Removes letters at the ends; `None` where that reaches into a hole.
pub(super) fn trim(text: &Text, ends: Ends, is_removed: impl Fn(char) -> bool) -> Option<Text> {
    if let Some(known) = text.as_known() {
        let known = known.trim_end_matches(&is_removed);
        return Some(Text::known(if ends == Ends::Both {
            known.trim_start_matches(&is_removed)
        } else {
            known
        }));
    }
    let may_remove = |part: Option<&TextPart>| match part {
        Some(TextPart::Hole(hole)) if hole.shape == HoleShape::Word => {
            (0_u8..128).map(char::from).any(|letter| is_word_letter(letter) && is_removed(letter))
        }
        Some(TextPart::Hole(_)) => true,
        Some(TextPart::Literal(_)) | None => false,
    };
    let mut parts = text.parts().to_vec();
    let last = parts.len().checked_sub(1)?;
    let starts = (ends == Ends::Both).then_some((0, 1));
    for (at, neighbour) in starts.into_iter().chain([(last, last.saturating_sub(1))]) {
        let trimmed: Arc<str> = match parts.get(at)? {
            TextPart::Hole(_) if may_remove(parts.get(at)) => return None,
            TextPart::Hole(_) => continue,
            TextPart::Literal(literal) if at == 0 => literal.trim_start_matches(&is_removed).into(),
            TextPart::Literal(literal) => literal.trim_end_matches(&is_removed).into(),
        };
        if trimmed.is_empty() && may_remove(parts.get(neighbour)) {
            return None;
        }
        *parts.get_mut(at)? = TextPart::Literal(trimmed);
    }
    Some(join_parts(parts.iter()))
}

/// `split`: the pieces that there surely are, and whether there may be more behind them, about which nothing is known.
pub(super) fn split(text: &Text, separator: &str, words: &str) -> Value {
    if separator.is_empty() {
        let hole = text.first_hole().map(|hole| hole.computed(words, HoleShape::Any));
        return match hole {
            Some(hole) => Value::elements(SequenceKind::List, Value::any_text(hole)),
            None => {
                let letters = text.prefix().chars().map(|letter| Value::from(letter.to_string().as_str()));
                Value::list(letters.collect())
            }
        };
    }
    let is_touched = touches_hole(text, separator);
    let mut items = Vec::new();
    let mut item = TextBuilder::default();
    let mut last_literal = String::new();
    for part in text.parts() {
        match part {
            TextPart::Literal(literal) => {
                let mut pieces = literal.split(separator);
                last_literal = pieces.next().unwrap_or_default().to_owned();
                for piece in pieces {
                    item.push_literal(&last_literal);
                    items.push(Value::from(std::mem::take(&mut item).build()));
                    last_literal = piece.to_owned();
                }
            }
            TextPart::Hole(hole) if is_touched && may_touch(hole, separator) => {
                // A separator that begins here and ends in the hole takes the end of the literal with it.
                let kept = without_partial(&last_literal, separator);
                item.push_literal(kept);
                item.push_hole(hole.computed(words, HoleShape::Any));
                items.push(Value::from(item.build()));
                let rest = Value::any_text(hole.computed(words, HoleShape::Any));
                return Value::sequence(SequenceKind::List, items, Some(rest));
            }
            TextPart::Hole(hole) => {
                item.push_literal(&std::mem::take(&mut last_literal));
                item.push_hole(hole.clone());
            }
        }
    }
    item.push_literal(&last_literal);
    items.push(Value::from(item.build()));
    Value::list(items)
}

/// The literal without an end that may be the beginning of `needle`.
fn without_partial<'t>(literal: &'t str, needle: &str) -> &'t str {
    let longest = (1..needle.len()).rev().filter(|at| needle.is_char_boundary(*at));
    let mut partial = longest.filter_map(|at| literal.strip_suffix(needle.get(..at)?));
    partial.next().unwrap_or(literal)
}

/// The literal without a beginning that may be the end of `needle`.
fn without_partial_start<'t>(literal: &'t str, needle: &str) -> &'t str {
    let longest = (1..needle.len()).filter(|at| needle.is_char_boundary(*at));
    let mut partial = longest.filter_map(|at| literal.strip_prefix(needle.get(at..)?));
    partial.next().unwrap_or(literal)
}

/// Whether two occurrences of `needle` can overlap.
fn overlaps_itself(needle: &str) -> bool {
    (1..needle.len())
        .filter(|at| needle.is_char_boundary(*at))
        .any(|at| needle.get(..at).is_some_and(|start| needle.ends_with(start)))
}

/// `replace` of a text by a text. `None` where nothing is known of the result.
pub(super) fn replace(text: &Text, needle: &str, by: &Text, words: &str) -> Option<Text> {
    if !needle.is_empty() && !touches_hole(text, needle) {
        let mut builder = TextBuilder::default();
        for part in text.parts() {
            match part {
                TextPart::Literal(literal) => push_replaced(&mut builder, literal, needle, by),
                TextPart::Hole(hole) => builder.push_hole(hole.clone()),
            }
        }
        return Some(builder.build());
    }
    if needle.is_empty() || overlaps_itself(needle) {
        return None;
    }
    // Occurrences cannot overlap. One that reaches from a literal into a hole takes at most the end of the literal that is
    // the beginning of the needle, so these ends belong to the hole.
    let mut builder = TextBuilder::default();
    let count = text.parts().len();
    let is_touched = |at: Option<usize>| {
        at.and_then(|at| text.parts().get(at))
            .is_some_and(|part| matches!(part, TextPart::Hole(hole) if may_touch(hole, needle)))
    };
    for (at, part) in text.parts().iter().enumerate() {
        match part {
            TextPart::Hole(hole) if may_touch(hole, needle) => {
                builder.push_hole(hole.computed(words, HoleShape::Any))
            }
            TextPart::Hole(hole) => builder.push_hole(hole.clone()),
            TextPart::Literal(literal) => {
                let (before, after) =
                    (is_touched(at.checked_sub(1)), is_touched(Some(at + 1).filter(|at| *at < count)));
                // Between two holes, one occurrence may take the whole literal.
                if before && after && needle.contains(&**literal) {
                    continue;
                }
                let literal = if before { without_partial_start(literal, needle) } else { literal };
                let literal = if after { without_partial(literal, needle) } else { literal };
                push_replaced(&mut builder, literal, needle, by);
            }
        }
    }
    Some(builder.build())
}

fn push_replaced(builder: &mut TextBuilder, literal: &str, needle: &str, by: &Text) {
    let mut pieces = literal.split(needle);
    builder.push_literal(pieces.next().unwrap_or_default());
    for piece in pieces {
        builder.push(by);
        builder.push_literal(piece);
    }
}

/// `substr` from a place that is not negative, of a text with holes. `None` where nothing is known of the result. The
/// letters in question are ASCII, so that one letter is one character.
pub(super) fn substring(text: &Text, offset: usize, length: Option<usize>, words: &str) -> Option<Text> {
    let known = text.prefix();
    if !known.is_ascii() || offset > known.len() {
        return None;
    }
    let rest = known.get(offset..)?;
    let mut builder = TextBuilder::default();
    let behind = text.parts().get(usize::from(!known.is_empty())..).unwrap_or_default();
    let Some(length) = length else {
        builder.push_literal(rest);
        behind.iter().for_each(|part| push_part(&mut builder, part));
        return Some(builder.build());
    };
    builder.push_literal(rest.get(..length.min(rest.len()))?);
    if length > rest.len() {
        let behind = join_parts(behind.iter());
        let shape = if is_word(&behind) { HoleShape::Word } else { HoleShape::Any };
        builder.push_hole(behind.first_hole()?.computed(words, shape));
    }
    Some(builder.build())
}

/// Every literal changed, and every hole computed anew.
pub(super) fn map_literals(
    text: &Text,
    words: &str,
    change: impl Fn(&str) -> Option<String>,
) -> Option<Text> {
    let mut builder = TextBuilder::default();
    for part in text.parts() {
        match part {
            TextPart::Literal(literal) => builder.push_literal(&change(literal)?),
            TextPart::Hole(hole) => builder.push_hole(hole.computed(words, hole.shape)),
        }
    }
    Some(builder.build())
}

/// Every literal changed, and every hole kept; `None` where a hole may hold what would change.
pub(super) fn change_literals(text: &Text, change: impl Fn(&str) -> Option<String>) -> Option<Text> {
    let mut builder = TextBuilder::default();
    for part in text.parts() {
        match part {
            TextPart::Literal(literal) => builder.push_literal(&change(literal)?),
            TextPart::Hole(hole) if hole.shape == HoleShape::Word => builder.push_hole(hole.clone()),
            TextPart::Hole(_) => return None,
        }
    }
    Some(builder.build())
}

/// The part behind the last slash, of a text that surely ends with neither a slash nor nothing.
pub(super) fn last_step(text: &Text) -> Option<Text> {
    let mut behind: Vec<TextPart> = Vec::new();
    for part in text.parts().iter().rev() {
        match part {
            // On Windows a backslash separates too.
            TextPart::Literal(literal) if literal.contains('\\') => return None,
            TextPart::Literal(literal) => match literal.rfind('/') {
                Some(at) => {
                    behind.push(TextPart::Literal(literal.get(at + 1..)?.into()));
                    break;
                }
                None => behind.push(part.clone()),
            },
            TextPart::Hole(hole) if hole.shape == HoleShape::Word => behind.push(part.clone()),
            TextPart::Hole(_) => return None,
        }
    }
    let step = join_parts(behind.iter().rev());
    is_surely_nonempty(&step).then_some(step)
}
