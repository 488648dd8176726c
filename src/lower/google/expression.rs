//! A condition in the Common Expression Language.
//!
//! <https://cloud.google.com/iam/docs/conditions-attribute-reference>. Takes the text and returns alternatives, each a
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
use access_algebra::Order;
use access_algebra::{Condition, Pattern, Quantifier, Test, Token};

/// The key of what is not understood.
const OPAQUE: &str = "google:condition";

/// Attributes that are compared as text.
const TEXTS: [&str; 6] =
    ["resource.name", "resource.type", "resource.service", "request.path", "request.host", "destination.ip"];

/// What an expression demands.
pub(super) fn read_expression(text: &str) -> Alternatives<Condition> {
    if text.trim().is_empty() {
        return vec![Vec::new()];
    }
    let demands = |words: &String, sense| vec![vec![read_demand(words, sense)]];
    let read = grammar::parse(text).and_then(|formula| formula.list_alternatives(Sense::Asserted, &demands));
    read.unwrap_or_else(|| vec![vec![spelling::require_opaque(OPAQUE, text)]])
}

fn read_demand(words: &str, sense: Sense) -> Condition {
    match (read_atom(words), sense) {
        (Some(condition), Sense::Asserted) => condition,
        (Some(condition), Sense::Denied) => negate(condition),
        (None, Sense::Asserted) => spelling::require_opaque(OPAQUE, words),
        (None, Sense::Denied) => spelling::require_opaque(OPAQUE, &format!("!({words})")),
    }
}

/// The opposite of a demand, which needs the attribute as the demand does.
fn negate(mut condition: Condition) -> Condition {
    match &mut condition.test {
        Test::Text { negated, .. } | Test::Date { negated, .. } => *negated = !*negated,
        // No demand is read as one of these.
        Test::Number { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Part { .. }
        | Test::Opaque(_) => {}
    }
    condition
}

/// One plain demand.
fn read_atom(text: &str) -> Option<Condition> {
    if let Some((left, sign, right)) = split_relation(text) {
        return match sign {
            "==" | "!=" => read_equality(left, right)
                .or_else(|| read_equality(right, left))
                .map(|condition| if sign == "==" { condition } else { negate(condition) }),
            "in" => Some(spelling::require_one_of(find_attribute(left)?, read_list(right)?)),
            _ => read_time(left, sign, right).or_else(|| read_time(right, mirror(sign), left)),
        };
    }
    TEXTS.iter().find_map(|key| {
        let call = text.strip_prefix(key)?.strip_prefix('.')?;
        let (name, argument) = call.strip_suffix(')')?.split_once('(')?;
        // Every name begins with nothing; whether a missing one does, nobody says.
        let value = read_string(argument.trim()).filter(|value| !value.is_empty())?;
        let value = Token::Literal(value.into());
        let tokens = match name {
            "startsWith" => [value, Token::Run(None)],
            "endsWith" => [Token::Run(None), value],
            _ => return None,
        };
        Some(spelling::require_one_of(key, vec![Pattern::new(tokens)]))
    })
}

/// Left, sign and right of a comparison.
fn split_relation(text: &str) -> Option<(&str, &str, &str)> {
    let signs = ["==", "!=", "<=", ">=", "<", ">"];
    let at = grammar::find_outside(text, |rest| {
        signs.iter().any(|sign| rest.starts_with(sign)) || rest.starts_with(" in ")
    })?;
    let (left, rest) = text.split_at_checked(at)?;
    let sign = signs.iter().find(|sign| rest.starts_with(**sign)).map_or(" in ", |sign| *sign);
    Some((left.trim(), sign.trim(), rest.strip_prefix(sign)?.trim()))
}

fn mirror(sign: &str) -> &str {
    match sign {
        "<" => ">",
        ">" => "<",
        "<=" => ">=",
        ">=" => "<=",
        other => other,
    }
}

fn find_attribute(text: &str) -> Option<&'static str> {
    TEXTS.into_iter().find(|key| *key == text)
}

fn read_equality(key: &str, value: &str) -> Option<Condition> {
    Some(spelling::require_one_of(find_attribute(key)?, vec![Pattern::literal(read_string(value)?)]))
}

/// A list of texts.
fn read_list(text: &str) -> Option<Vec<Pattern>> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    grammar::split(inner, ",")?.into_iter().map(|item| Some(Pattern::literal(read_string(item)?))).collect()
}

fn read_time(left: &str, sign: &str, right: &str) -> Option<Condition> {
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
    let instant: Timestamp = read_string(inner.trim())?.parse().ok()?;
    Some(Condition {
        key: "request.time".into(),
        test: Test::Date { order, values: vec![instant], negated: false },
        quantifier: Quantifier::One,
        if_absent: false,
    })
}

/// A whole string in one kind of quotes and without escapes.
fn read_string(text: &str) -> Option<&str> {
    ['"', '\''].iter().find_map(|quote| {
        let inner = text.strip_prefix(*quote)?.strip_suffix(*quote)?;
        (!inner.contains([*quote, '\\'])).then_some(inner)
    })
}
