//! Access statements for people: `allow WHO ACTIONS on RESOURCES when CONDITIONS`.

use crate::finding::{
    AccessCondition, AccessException, AccessStatement, ConditionOperator, ConditionQuantifier, NameSet,
};
use crate::lower::mode::{ASSIGNMENT, GRANTABLE, TTL};
use access_algebra::{Effect, Order};

/// Says a statement in one line.
pub(super) fn describe_statement(statement: &AccessStatement) -> String {
    let effect = match statement.effect {
        Effect::Allow => "allow",
        Effect::Deny => "deny",
    };
    let mut text =
        format!("{effect} {} {}", describe_set(&statement.principals), describe_set(&statement.actions));
    if !statement.resources.names.is_empty() {
        text.push_str(&format!(" on {}", describe_set(&statement.resources)));
    }
    for (at, condition) in statement.conditions.iter().enumerate() {
        let joint = if at == 0 { "when" } else { "and" };
        text.push_str(&format!(" {joint} {}", describe_condition(condition)));
    }
    for exception in &statement.exceptions {
        text.push_str(&format!("; except {}", describe_exception(exception)));
    }
    text
}

fn describe_set(set: &NameSet) -> String {
    let names = if set.names.is_empty() { "nothing".to_owned() } else { set.names.join(", ") };
    if set.except.is_empty() { names } else { format!("{names} but not {}", set.except.join(", ")) }
}

/// Says what an exception takes out.
pub(super) fn describe_exception(exception: &AccessException) -> String {
    let on = if exception.resources.is_empty() { "" } else { "on " };
    let parts = [
        exception.principals.join(", "),
        exception.actions.join(", "),
        format!("{on}{}", exception.resources.join(", ")),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Says one demand.
pub(super) fn describe_condition(condition: &AccessCondition) -> String {
    match condition {
        AccessCondition::Expression(text) => text.clone(),
        AccessCondition::Test { key, operator, values, quantifier, if_absent } => {
            if let Some(mode) = describe_mode(key, operator, values) {
                return mode;
            }
            let quantifier = match quantifier {
                ConditionQuantifier::One => "",
                ConditionQuantifier::Any => "any of ",
                ConditionQuantifier::All => "all of ",
            };
            let mut text = format!("{quantifier}{key} {}", describe_operator(operator));
            if !values.is_empty() {
                text.push_str(&format!(" {}", values.join(", ")));
            }
            if *if_absent { text + " (if given)" } else { text }
        }
    }
}

fn describe_operator(operator: &ConditionOperator) -> String {
    let negation = |negated: &bool| if *negated { "not " } else { "" };
    match operator {
        ConditionOperator::Written(name) => name.clone(),
        ConditionOperator::Matches { negated: false } => "is".to_owned(),
        ConditionOperator::Matches { negated: true } => "is none of".to_owned(),
        ConditionOperator::InNetworks { negated } => format!("is {}in", negation(negated)),
        ConditionOperator::Compares { order, negated } => {
            let sign = match order {
                Order::Equal => "=",
                Order::Less => "<",
                Order::LessOrEqual => "<=",
                Order::Greater => ">",
                Order::GreaterOrEqual => ">=",
            };
            format!("{}{sign}", negation(negated))
        }
        ConditionOperator::Present => "is given".to_owned(),
        ConditionOperator::Absent => "is not given".to_owned(),
    }
}

/// Says how access is held; none where the condition is about something else.
fn describe_mode(key: &str, operator: &ConditionOperator, values: &[String]) -> Option<String> {
    match (key, operator, values) {
        (ASSIGNMENT, ConditionOperator::Matches { negated: false }, [only]) if only == "eligible" => {
            Some("only eligible".to_owned())
        }
        (ASSIGNMENT, ConditionOperator::Matches { negated: false }, [only]) if only == "active" => {
            Some("active for a time".to_owned())
        }
        (GRANTABLE, ConditionOperator::Matches { negated: false }, [only]) if only == "true" => {
            Some("it may be passed on".to_owned())
        }
        (TTL, ConditionOperator::Compares { order: Order::LessOrEqual, negated: false }, [seconds]) => {
            Some(format!("it lives at most {seconds} s"))
        }
        _ => None,
    }
}
