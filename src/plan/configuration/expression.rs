//! Expressions of a configuration, as far as plan JSON tells them: constants, and what an expression refers to.

use serde_json::value::RawValue;

use crate::json;
use crate::value::{UnknownOrigin, Value};

/// An expression, as far as the plan tells it.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanExpression {
    /// A literal.
    Constant(Value),
    /// What it refers to, most exact first within each traversal.
    References(Vec<String>),
    /// A function call, a template of literals, or nested blocks.
    Opaque,
}

/// All that an expression, or what stands in a text of them, refers to.
pub(super) fn references_below(raw: Option<&RawValue>) -> Vec<String> {
    let mut references = Vec::new();
    if let Some(value) = raw.and_then(|raw| json::parse(raw.get()).ok()) {
        add_references(&value, &mut references);
    }
    references
}

/// Adds the references of an expression, or of nested blocks of expressions.
pub(super) fn add_references(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::List(items) => items.iter().for_each(|item| add_references(item, into)),
        Value::Object(members) => {
            for (name, member) in members {
                match (&**name, member) {
                    ("constant_value", _) => {}
                    ("references", Value::List(items)) => {
                        into.extend(items.iter().filter_map(|item| item.as_str().map(str::to_owned)));
                    }
                    _ => add_references(member, into),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_) => {}
    }
}

/// The expression at a path of arguments.
pub(super) fn expression_at(arguments: &Value, path: &str) -> PlanExpression {
    let mut place = arguments;
    for step in path.split(['.', '[']) {
        let next = match (step.strip_suffix(']'), place) {
            (Some(index), Value::List(items)) => index.parse().ok().and_then(|at: usize| items.get(at)),
            (None, Value::Object(_)) => Some(place.get(step)),
            _ => None,
        };
        let Some(next) = next else { return PlanExpression::Opaque };
        place = next;
    }
    read_expression(place.clone())
}

/// The expression of one of the arguments in a text.
pub(super) fn read_member(arguments: Option<&RawValue>, name: &str) -> PlanExpression {
    let parsed = arguments.and_then(|raw| json::parse(raw.get()).ok());
    parsed.map_or(PlanExpression::Opaque, |value| read_expression(value.get(name).clone()))
}

/// What one expression says.
pub(super) fn read_expression(value: Value) -> PlanExpression {
    let Value::Object(members) = value else { return PlanExpression::Opaque };
    for (name, member) in members {
        match (&*name, member) {
            ("constant_value", constant) => return PlanExpression::Constant(constant),
            ("references", Value::List(items)) => {
                let references = items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect();
                return PlanExpression::References(references);
            }
            _ => {}
        }
    }
    PlanExpression::Opaque
}

/// Nested expressions with `{"constant_value": X}` turned into X.
pub(super) fn fill_constants(value: Value, address: &str, path: &str) -> Value {
    match value {
        Value::Object(mut members) => {
            if let [(name, constant)] = members.as_mut_slice()
                && &**name == "constant_value"
            {
                return std::mem::take(constant);
            }
            if members.is_empty() || members.iter().any(|(name, _)| &**name == "references") {
                return Value::Unknown(UnknownOrigin::attribute(address, path));
            }
            let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            let members = members.into_iter().map(|(name, member)| {
                let member = fill_constants(member, address, &below(&name));
                (name, member)
            });
            Value::Object(members.collect())
        }
        Value::List(items) => {
            let items = items.into_iter().enumerate();
            Value::List(
                items.map(|(at, item)| fill_constants(item, address, &format!("{path}[{at}]"))).collect(),
            )
        }
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Unknown(_)) => {
            other
        }
    }
}
