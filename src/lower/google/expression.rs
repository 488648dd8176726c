//! A condition in the Common Expression Language.
//!
//! <https://cloud.google.com/iam/docs/conditions-attribute-reference>. In goes the text; out come alternatives, each a
//! list of conditions that all hold: the condition is true where one of the alternatives is. Plain demands on
//! `request.time` and on attributes that are text are understood by the algebra; everything else is a demand that
//! equals itself and nothing else, and so is its negation.
//!
//! A missing attribute makes a demand neither true nor false, and a negation leaves it so. No demand and no negated
//! one holds without its attribute here, and nothing is concluded from "either it holds or it does not", so the
//! proofs stay right if Google takes a missing attribute for an empty text, or for something that equals no text and
//! begins with none: a text that no demand names fares the same. The time is never missing.

mod grammar;

use jiff::Timestamp;

use crate::lower::formula::{Alternatives, Sense};
use crate::lower::spelling;
use access_algebra::condition::Order;
use access_algebra::{Condition, Pattern, Quantifier, Test, Token};

/// The key of what is not understood.
const OPAQUE: &str = "google:condition";

/// Attributes that are compared as text.
const TEXTS: [&str; 6] =
    ["resource.name", "resource.type", "resource.service", "request.path", "request.host", "destination.ip"];

/// What an expression demands.
pub(super) fn read(text: &str) -> Alternatives<Condition> {
    if text.trim().is_empty() {
        return vec![Vec::new()];
    }
    let demands = |words: &String, sense| vec![vec![demand(words, sense)]];
    let read = grammar::read(text).and_then(|formula| formula.alternatives(Sense::Asserted, &demands));
    read.unwrap_or_else(|| vec![vec![spelling::opaque(OPAQUE, text)]])
}

fn demand(words: &str, sense: Sense) -> Condition {
    match (atom(words), sense) {
        (Some(condition), Sense::Asserted) => condition,
        (Some(condition), Sense::Denied) => negated(condition),
        (None, Sense::Asserted) => spelling::opaque(OPAQUE, words),
        (None, Sense::Denied) => spelling::opaque(OPAQUE, &format!("!({words})")),
    }
}

/// The opposite of a demand, which needs the attribute as the demand does.
fn negated(mut condition: Condition) -> Condition {
    match &mut condition.test {
        Test::Text { negated, .. } | Test::Date { negated, .. } => *negated = !*negated,
        // No demand is read as one of these.
        Test::Number { .. } | Test::Address { .. } | Test::Present(_) | Test::Opaque(_) => {}
    }
    condition
}

/// One plain demand.
fn atom(text: &str) -> Option<Condition> {
    if let Some((left, sign, right)) = relation(text) {
        return match sign {
            "==" | "!=" => equality(left, right)
                .or_else(|| equality(right, left))
                .map(|condition| if sign == "==" { condition } else { negated(condition) }),
            "in" => Some(spelling::one_of(attribute(left)?, list(right)?)),
            _ => time(left, sign, right).or_else(|| time(right, mirrored(sign), left)),
        };
    }
    TEXTS.iter().find_map(|key| {
        let call = text.strip_prefix(key)?.strip_prefix('.')?;
        let (name, argument) = call.strip_suffix(')')?.split_once('(')?;
        // Every name begins with nothing; whether a missing one does, nobody says.
        let value = string(argument.trim()).filter(|value| !value.is_empty())?;
        let value = Token::Literal(value.into());
        let tokens = match name {
            "startsWith" => [value, Token::Run(None)],
            "endsWith" => [Token::Run(None), value],
            _ => return None,
        };
        Some(spelling::one_of(key, vec![Pattern::new(tokens)]))
    })
}

/// Left, sign and right of a comparison.
fn relation(text: &str) -> Option<(&str, &str, &str)> {
    let signs = ["==", "!=", "<=", ">=", "<", ">"];
    let at = grammar::outside(text, |rest| {
        signs.iter().any(|sign| rest.starts_with(sign)) || rest.starts_with(" in ")
    })?;
    let (left, rest) = text.split_at_checked(at)?;
    let sign = signs.iter().find(|sign| rest.starts_with(**sign)).map_or(" in ", |sign| *sign);
    Some((left.trim(), sign.trim(), rest.strip_prefix(sign)?.trim()))
}

fn mirrored(sign: &str) -> &str {
    match sign {
        "<" => ">",
        ">" => "<",
        "<=" => ">=",
        ">=" => "<=",
        other => other,
    }
}

fn attribute(text: &str) -> Option<&'static str> {
    TEXTS.into_iter().find(|key| *key == text)
}

fn equality(key: &str, value: &str) -> Option<Condition> {
    Some(spelling::one_of(attribute(key)?, vec![Pattern::literal(string(value)?)]))
}

/// A list of texts.
fn list(text: &str) -> Option<Vec<Pattern>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    grammar::split(inner, ",")?.into_iter().map(|item| Some(Pattern::literal(string(item)?))).collect()
}

fn time(left: &str, sign: &str, right: &str) -> Option<Condition> {
    if left != "request.time" {
        return None;
    }
    let order = match sign {
        "<" => Order::Less,
        "<=" => Order::LessOrEqual,
        ">" => Order::Greater,
        ">=" => Order::GreaterOrEqual,
        _ => return None,
    };
    let inner = right.strip_prefix("timestamp(")?.strip_suffix(')')?;
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
