//! How an expression is put together: `||`, `&&`, `!` and brackets around demands, which are not looked into here.
//!
//! Precedence is that of the language definition
//! (<https://github.com/google/cel-spec/blob/master/doc/langdef.md>). Comments, escapes and triple quotes change where
//! a text or a line ends, so an expression with them is not taken apart; nor is `c ? a : b`.

use crate::lower::formula::{self, ConditionFormula};

/// Upper bound on nested brackets, which keeps the recursion of the parser off the end of the stack. A deeper condition is
/// one opaque demand.
const MAX_DEPTH: usize = 32;

/// Takes a text apart; `None` where it is not certain where its parts end. An atom is anything that is not put together,
/// with one space for each run of white space outside quotes.
pub(super) fn parse(text: &str) -> Option<ConditionFormula<String>> {
    parse_part(&to_one_line(text)?, 0)
}

fn parse_part(text: &str, depth: usize) -> Option<ConditionFormula<String>> {
    let text = text.trim();
    if text.is_empty() || depth > MAX_DEPTH {
        return None;
    }
    if find_outside(text, |rest| rest.starts_with('?')).is_some() {
        return Some(ConditionFormula::Atom(text.to_owned()));
    }
    for (sign, join) in [("||", ConditionFormula::Any as fn(Vec<_>) -> _), ("&&", ConditionFormula::All)] {
        let parts = split(text, sign)?;
        if parts.len() > 1 {
            return parts
                .into_iter()
                .map(|part| parse_part(part, depth + 1))
                .collect::<Option<_>>()
                .map(join);
        }
    }
    if let Some(inner) = strip_brackets(text) {
        return parse_part(inner, depth + 1);
    }
    match text {
        "true" => return Some(ConditionFormula::All(Vec::new())),
        "false" => return Some(ConditionFormula::Any(Vec::new())),
        _ => {}
    }
    // `!` binds more tightly than a comparison.
    let compares = find_outside(text, |rest| rest.starts_with(['=', '<', '>']) || rest.starts_with(" in "));
    match text.strip_prefix('!') {
        Some(rest) if compares.is_none() => {
            Some(ConditionFormula::Not(Box::new(parse_part(rest, depth + 1)?)))
        }
        Some(_) | None => Some(ConditionFormula::Atom(text.to_owned())),
    }
}

/// What is between brackets that belong together, where they are all there is.
fn strip_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    split(inner, ",").map(|_| inner)
}

/// Writes an expression in one line; `None` where it is not certain where strings end.
fn to_one_line(text: &str) -> Option<String> {
    let mut quote: Option<char> = None;
    let mut chars = text.trim().chars();
    while let Some(c) = chars.next() {
        match quote {
            _ if c == '\\' => return None,
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None => {
                let mut ahead = chars.clone();
                match (c, ahead.next(), ahead.next()) {
                    ('/', Some('/'), _) | ('"', Some('"'), Some('"')) | ('\'', Some('\''), Some('\'')) => {
                        return None;
                    }
                    ('"' | '\'', ..) => quote = Some(c),
                    _ => {}
                }
            }
        }
    }
    let line = formula::collapse_whitespace(text, &['"', '\'']);
    (quote.is_none() && split(&line, ",").is_some()).then_some(line)
}

/// The parts between a sign that stands outside quotes and brackets, trimmed. `None` where brackets do not match.
pub(super) fn split<'t>(text: &'t str, sign: &str) -> Option<Vec<&'t str>> {
    let (mut parts, mut depth, mut quote, mut start) = (Vec::new(), 0_usize, None, 0);
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        if let Some(open) = quote {
            if c == open {
                quote = None;
            }
            continue;
        }
        match c {
            '"' | '\'' => quote = Some(c),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.checked_sub(1)?,
            _ if depth == 0 && text.get(at..)?.starts_with(sign) => {
                parts.push(text.get(start..at)?.trim());
                start = at + sign.len();
                skip = start;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..)?.trim());
    (depth == 0 && quote.is_none()).then_some(parts)
}

/// Where something stands first outside quotes and brackets.
pub(super) fn find_outside(text: &str, is: impl Fn(&str) -> bool) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in text.char_indices() {
        if let Some(open) = quote {
            if c == open {
                quote = None;
            }
            continue;
        }
        match c {
            '"' | '\'' => quote = Some(c),
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && is(text.get(at..).unwrap_or_default()) => return Some(at),
            _ => {}
        }
    }
    None
}
