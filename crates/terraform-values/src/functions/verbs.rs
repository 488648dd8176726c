//! Verbs of `format`: `%s`, `%-10.2f`, `%[2]d`.

use super::refusal::Refusal;

/// One piece of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Literal(String),
    Verb(Verb),
}

/// One verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verb {
    /// Which argument, from zero.
    pub(super) argument: usize,
    /// The letter.
    pub(super) mode: char,
    /// `#`.
    pub(super) is_sharp: bool,
    /// `0`.
    pub(super) is_zero: bool,
    /// `-`.
    pub(super) is_left: bool,
    /// `+`.
    pub(super) has_plus: bool,
    /// A space.
    pub(super) has_space: bool,
    /// The least number of characters.
    pub(super) width: Option<usize>,
    /// Digits, or characters.
    pub(super) precision: Option<usize>,
}

impl Verb {
    /// Whether it takes the argument as it is.
    pub(super) fn is_plain(&self) -> bool {
        self.width.is_none() && self.precision.is_none_or(|precision| precision == 0)
    }

    /// A formatted argument, in its field.
    pub(super) fn pad(&self, text: String, count: impl Fn(&str) -> usize) -> String {
        let missing = self.width.unwrap_or_default().saturating_sub(count(&text));
        let padding = if self.is_zero { "0" } else { " " }.repeat(missing);
        if self.is_left { text + &padding } else { padding + &text }
    }
}

/// The widest field. Go has no limit of its own here; a text of this width is no text of a configuration.
const MAX_WIDTH: usize = 4_096;

/// The pieces of a format for so many arguments. All of them must be used.
pub(super) fn parse(format: &str, arguments: usize) -> Result<Vec<Piece>, Refusal> {
    let mut pieces = Vec::new();
    let mut next_argument = 0;
    let mut highest = 0;
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        let (literal, after) = rest.split_at(at);
        push_literal(&mut pieces, literal);
        let after = after.get(1..).unwrap_or_default();
        if let Some(next) = after.strip_prefix('%') {
            push_literal(&mut pieces, "%");
            rest = next;
            continue;
        }
        let (verb, next) = read_verb(after, next_argument)?;
        next_argument = verb.argument + 1;
        highest = highest.max(next_argument);
        if next_argument > arguments {
            return Err(Refusal::Fails);
        }
        pieces.push(Piece::Verb(verb));
        rest = next;
    }
    push_literal(&mut pieces, rest);
    if highest < arguments { Err(Refusal::Fails) } else { Ok(pieces) }
}

fn push_literal(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Literal(literal)) => literal.push_str(text),
        Some(Piece::Verb(_)) | None => pieces.push(Piece::Literal(text.to_owned())),
    }
}

/// The verb that `text` begins with, after its percent sign, and what follows it.
fn read_verb(text: &str, next_argument: usize) -> Result<(Verb, &str), Refusal> {
    let flags_end = text.find(|c| !matches!(c, '0' | '#' | '-' | '+' | ' ')).ok_or(Refusal::Fails)?;
    let (flags, rest) = text.split_at(flags_end);
    let (width, rest) = read_number(rest)?;
    let (precision, rest) = match rest.strip_prefix('.') {
        // A point alone is a precision of zero.
        Some(rest) => read_number(rest).map(|(number, rest)| (Some(number.unwrap_or(0)), rest))?,
        None => (None, rest),
    };
    let (argument, rest) = match rest.strip_prefix('[') {
        Some(rest) => {
            let (number, rest) = read_number(rest)?;
            let argument = number.and_then(|number| number.checked_sub(1)).ok_or(Refusal::Fails)?;
            (argument, rest.strip_prefix(']').ok_or(Refusal::Fails)?)
        }
        None => (next_argument, rest),
    };
    let mode = rest.chars().next().filter(char::is_ascii_alphabetic).ok_or(Refusal::Fails)?;
    let verb = Verb {
        argument,
        mode,
        is_sharp: flags.contains('#'),
        is_zero: flags.contains('0'),
        is_left: flags.contains('-'),
        has_plus: flags.contains('+'),
        has_space: flags.contains(' '),
        width,
        precision,
    };
    Ok((verb, rest.get(1..).unwrap_or_default()))
}

/// The number that `text` begins with, if it does.
fn read_number(text: &str) -> Result<(Option<usize>, &str), Refusal> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    if digits.is_empty() {
        return Ok((None, rest));
    }
    let number = digits.parse().ok().filter(|number| *number <= MAX_WIDTH).ok_or(Refusal::Unread)?;
    Ok((Some(number), rest))
}
