//! A condition in the Common Expression Language.
//!
//! <https://cloud.google.com/iam/docs/conditions-attribute-reference>. A conjunction of a few plain demands on
//! `request.time` and `resource.*` becomes conditions that the algebra understands; every other conjunct equals
//! itself and nothing else. There is no negation here, so nothing depends on what a missing attribute means.

use jiff::Timestamp;

use crate::access::condition::Order;
use crate::access::{Condition, Pattern, Quantifier, Test, Token};
use crate::lower::{Lowered, Side, Text, spelling};

/// The key of what is not understood.
const OPAQUE: &str = "google:condition";

/// Attributes that are compared as text.
const TEXTS: [&str; 3] = ["resource.name", "resource.type", "resource.service"];

/// What the expression demands: nothing where there is none. `None` where an approval's can't be known, which
/// approves nothing; a planned one that can't be known is judged as if it were not there, which is wider.
pub(super) fn conditions(
    side: Side,
    expression: Option<&Text>,
    lowered: &mut Lowered,
) -> Option<Vec<Condition>> {
    let Some(expression) = expression else {
        return Some(Vec::new());
    };
    match (expression.as_known(), side) {
        (Some(text), Side::Planned | Side::Approved) => Some(parse(text)),
        (None, Side::Planned) => Some(Vec::new()),
        (None, Side::Approved) => {
            spelling::doubt(
                lowered,
                format!("the condition `{expression}` is not known, so nothing is approved"),
            );
            None
        }
    }
}

fn parse(text: &str) -> Vec<Condition> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    match conjuncts(text) {
        Some(conjuncts) => conjuncts
            .iter()
            .map(|part| atom(part).unwrap_or_else(|| spelling::opaque(OPAQUE, part)))
            .collect(),
        None => vec![spelling::opaque(OPAQUE, text)],
    }
}

/// The parts of a conjunction, with one space for each run of white space; `None` where the text is not one for
/// sure. Comments and triple quotes change where a string or a line ends, so such a text is left as it is.
fn conjuncts(text: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    let mut quote: Option<char> = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if let Some(open) = quote {
            if c == '\\' {
                return None;
            }
            if c == open {
                quote = None;
            }
        } else {
            match (c, next) {
                ('/', Some('/')) | ('|', Some('|')) if depth == 0 || c == '/' => return None,
                ('?', _) if depth == 0 => return None,
                ('"', Some('"')) | ('\'', Some('\'')) => return None,
                ('"' | '\'', _) => quote = Some(c),
                ('(' | '[' | '{', _) => depth += 1,
                (')' | ']' | '}', _) => depth = depth.checked_sub(1)?,
                ('&', Some('&')) if depth == 0 => {
                    chars.next();
                    parts.push(String::new());
                    continue;
                }
                _ => {}
            }
        }
        let part = parts.last_mut()?;
        if quote.is_none() && c.is_whitespace() {
            if !part.is_empty() && !part.ends_with(' ') {
                part.push(' ');
            }
        } else {
            part.push(c);
        }
    }
    let parts: Vec<String> = parts.iter().map(|part| part.trim_end().to_owned()).collect();
    let is_whole = depth == 0 && quote.is_none() && parts.iter().all(|part| !part.is_empty());
    is_whole.then_some(parts)
}

/// One plain demand.
fn atom(text: &str) -> Option<Condition> {
    let bare = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    if let Some(bare) = bare
        && !bare.contains(['&', '|', '?'])
        && balanced(bare)
    {
        return atom(bare.trim());
    }
    if let Some(rest) = text.strip_prefix("request.time ") {
        return time(rest);
    }
    TEXTS.iter().find_map(|key| {
        let rest = text.strip_prefix(key)?;
        let pattern = if let Some(value) = rest.strip_prefix(".startsWith(") {
            let value = string(value.strip_suffix(')')?.trim())?;
            Pattern::new([Token::Literal(value.into()), Token::Run(None)])
        } else {
            Pattern::literal(string(rest.trim_start().strip_prefix("==")?.trim_start())?)
        };
        Some(spelling::one_of(key, vec![pattern]))
    })
}

/// Whether no bracket closes before it opens, so that the outer pair belongs together.
fn balanced(text: &str) -> bool {
    let mut depth = 0_i32;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

fn time(rest: &str) -> Option<Condition> {
    let orders = [
        ("<=", Order::LessOrEqual),
        (">=", Order::GreaterOrEqual),
        ("<", Order::Less),
        (">", Order::Greater),
    ];
    let (rest, order) = orders.iter().find_map(|(sign, order)| Some((rest.strip_prefix(sign)?, *order)))?;
    let inner = rest.trim_start().strip_prefix("timestamp(")?.strip_suffix(')')?;
    let instant: Timestamp = string(inner.trim())?.parse().ok()?;
    Some(Condition {
        key: "request.time".into(),
        test: Test::Date { order, values: vec![instant], negated: false },
        quantifier: Quantifier::One,
        if_absent: false,
    })
}

/// A whole string in one kind of quotes and without escapes.
fn string(text: &str) -> Option<&str> {
    ['"', '\''].iter().find_map(|quote| {
        let inner = text.strip_prefix(*quote)?.strip_suffix(*quote)?;
        (!inner.contains([*quote, '\\'])).then_some(inner)
    })
}
