//! Conditions of a planned statement, as an approval writes them.
//!
//! Takes the demands of a statement as findings show them and returns `condition` blocks, and what of a grant is written as
//! an attribute: an expression in a cloud's own language, and how access is held. Operators are AWS's, which the manifest
//! uses for every dialect.

use access_algebra::Order;

use super::names::{SpelledObjects, Spelling, is_open};
use crate::finding::{AccessCondition, ConditionOperator, ConditionQuantifier};
use crate::lower::mode::{ASSIGNMENT, GRANTABLE, TTL};
use crate::manifest::quote;

/// What one condition becomes.
pub(super) enum DraftCondition {
    /// Lines of the `grant` block, indented.
    Lines(String),
    /// It says nothing that an approval has to say.
    Nothing,
}

/// Writes a condition; `None` where no approval can say it.
pub(super) fn draft_condition(
    condition: &AccessCondition,
    spelling: Spelling,
    objects: &SpelledObjects,
) -> Option<DraftCondition> {
    let AccessCondition::Test { key, operator, values, quantifier, if_absent } = condition else {
        let AccessCondition::Expression(text) = condition else { return None };
        return Some(DraftCondition::Lines(format!("    expression = {}\n", quote(text))));
    };
    if let Some(lines) = draft_mode(key, values) {
        return Some(lines);
    }
    let (name, values) = name_operator(operator, *quantifier, *if_absent, values)?;
    let values: Option<Vec<String>> = values.iter().map(|value| objects.spell(value, spelling)).collect();
    let values = values?.join(", ");
    let lines = if is_open(key) {
        let key = objects.spell(key, spelling)?;
        format!(
            "    condition {{\n      operator = {}\n      key      = {key}\n      values   = [{values}]\n    }}\n",
            quote(&name)
        )
    } else {
        format!("    condition {} {} {{\n      values = [{values}]\n    }}\n", quote(&name), quote(key))
    };
    Some(DraftCondition::Lines(lines))
}

/// How access is held, which the manifest says with attributes of the grant.
fn draft_mode(key: &str, values: &[String]) -> Option<DraftCondition> {
    let value = values.first().map(String::as_str).unwrap_or_default();
    let line = match key {
        ASSIGNMENT => format!("    assignment = {}\n", quote(value)),
        GRANTABLE => match value {
            "true" => "    grantable = true\n".to_owned(),
            _ => return Some(DraftCondition::Nothing),
        },
        TTL => format!("    max_ttl = {}\n", quote(&format!("{value}s"))),
        _ => return None,
    };
    Some(DraftCondition::Lines(line))
}

/// The manifest's name of an operator, and its values.
fn name_operator(
    operator: &ConditionOperator,
    quantifier: ConditionQuantifier,
    if_absent: bool,
    values: &[String],
) -> Option<(String, Vec<String>)> {
    let mut values = values.to_vec();
    let (name, negated) = match operator {
        ConditionOperator::Written(name) => return Some((name.clone(), values)),
        ConditionOperator::Present => return Some(("Null".to_owned(), vec!["false".to_owned()])),
        ConditionOperator::Absent => return Some(("Null".to_owned(), vec!["true".to_owned()])),
        ConditionOperator::Matches { negated } => {
            let are_truths = values.iter().all(|value| matches!(&*value.to_lowercase(), "true" | "false"));
            if are_truths && !values.is_empty() {
                values = values.iter().map(|value| negate_truth(&value.to_lowercase(), *negated)).collect();
                ("Bool".to_owned(), false)
            } else {
                let is_pattern =
                    values.iter().any(|value| value.contains(['*', '?']) || value.contains("${"));
                let (not, how) =
                    (if *negated { "Not" } else { "" }, if is_pattern { "Like" } else { "Equals" });
                (format!("String{not}{how}"), *negated)
            }
        }
        ConditionOperator::InNetworks { negated } => {
            (if *negated { "NotIpAddress" } else { "IpAddress" }.to_owned(), *negated)
        }
        ConditionOperator::Compares { order, negated } => {
            (name_comparison(*order, *negated, &values)?, *negated)
        }
    };
    // A negated test holds without the key anyway, and so does one of every value.
    let says_absence = if_absent && !negated && quantifier != ConditionQuantifier::All;
    let prefix = match quantifier {
        ConditionQuantifier::One => "",
        ConditionQuantifier::Any => "ForAnyValue:",
        ConditionQuantifier::All => "ForAllValues:",
    };
    Some((format!("{prefix}{name}{}", if says_absence { "IfExists" } else { "" }), values))
}

fn negate_truth(value: &str, negated: bool) -> String {
    ((value == "true") != negated).to_string()
}

/// Of an order, only equality has an operator for its negation.
fn name_comparison(order: Order, negated: bool, values: &[String]) -> Option<String> {
    let is_date = |value: &String| value.get(4..5) == Some("-") && value.get(7..8) == Some("-");
    let family = if values.iter().any(is_date) { "Date" } else { "Numeric" };
    let how = match (order, negated) {
        (Order::Equal, false) => "Equals",
        (Order::Equal, true) => "NotEquals",
        (Order::Less, false) | (Order::GreaterOrEqual, true) => "LessThan",
        (Order::LessOrEqual, false) | (Order::Greater, true) => "LessThanEquals",
        (Order::Greater, false) | (Order::LessOrEqual, true) => "GreaterThan",
        (Order::GreaterOrEqual, false) | (Order::Less, true) => "GreaterThanEquals",
    };
    Some(format!("{family}{how}"))
}
