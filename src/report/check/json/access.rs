//! Compared access on the wire: statements as their clouds' policies have them, complete.

use serde::Serialize;

use crate::finding::{
    AccessCondition, AccessException, AccessStatement, ComparedAccess, ConditionOperator,
    ConditionQuantifier, PlannedAccess,
};
use access_algebra::{Effect, Order};

/// `planned` is null where the plan marks it as sensitive.
#[derive(Serialize)]
pub(super) struct AccessWire<'a> {
    planned: Option<Vec<StatementWire<'a>>>,
    approved: Vec<StatementWire<'a>>,
}

#[derive(Serialize)]
struct StatementWire<'a> {
    effect: &'static str,
    principals: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    not_principals: &'a [String],
    actions: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    not_actions: &'a [String],
    resources: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    not_resources: &'a [String],
    conditions: Vec<ConditionWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    except: Vec<ExceptionWire<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum ConditionWire<'a> {
    Test { key: &'a str, operator: &'a str, values: &'a [String], quantifier: &'static str, if_absent: bool },
    Expression { expression: &'a str },
}

#[derive(Serialize)]
struct ExceptionWire<'a> {
    principals: &'a [String],
    actions: &'a [String],
    resources: &'a [String],
}

impl<'a> AccessWire<'a> {
    pub(super) fn new(access: &'a ComparedAccess) -> Self {
        let planned = match &access.planned {
            PlannedAccess::Sensitive => None,
            PlannedAccess::Statements(statements) => Some(statements),
        };
        Self {
            planned: planned.map(|statements| statements.iter().map(StatementWire::new).collect()),
            approved: access.approved.iter().map(StatementWire::new).collect(),
        }
    }
}

impl<'a> StatementWire<'a> {
    fn new(statement: &'a AccessStatement) -> Self {
        Self {
            effect: match statement.effect {
                Effect::Allow => "allow",
                Effect::Deny => "deny",
            },
            principals: &statement.principals.names,
            not_principals: &statement.principals.except,
            actions: &statement.actions.names,
            not_actions: &statement.actions.except,
            resources: &statement.resources.names,
            not_resources: &statement.resources.except,
            conditions: statement.conditions.iter().map(ConditionWire::new).collect(),
            except: statement.exceptions.iter().map(ExceptionWire::new).collect(),
        }
    }
}

impl<'a> ConditionWire<'a> {
    fn new(condition: &'a AccessCondition) -> Self {
        match condition {
            AccessCondition::Expression(expression) => Self::Expression { expression },
            AccessCondition::Test { key, operator, values, quantifier, if_absent } => Self::Test {
                key,
                operator: operator_name(operator),
                values,
                quantifier: match quantifier {
                    ConditionQuantifier::One => "one",
                    ConditionQuantifier::Any => "any",
                    ConditionQuantifier::All => "all",
                },
                if_absent: *if_absent,
            },
        }
    }
}

impl<'a> ExceptionWire<'a> {
    fn new(exception: &'a AccessException) -> Self {
        Self {
            principals: &exception.principals,
            actions: &exception.actions,
            resources: &exception.resources,
        }
    }
}

/// The manifest's own name of an operator, or ours for what was read from a plan.
fn operator_name(operator: &ConditionOperator) -> &str {
    match operator {
        ConditionOperator::Written(name) => name,
        ConditionOperator::Matches { negated: false } => "matches",
        ConditionOperator::Matches { negated: true } => "not_matches",
        ConditionOperator::InNetworks { negated: false } => "in_network",
        ConditionOperator::InNetworks { negated: true } => "not_in_network",
        ConditionOperator::Present => "present",
        ConditionOperator::Absent => "absent",
        ConditionOperator::Compares { order, negated } => match (order, negated) {
            (Order::Equal, false) => "equal",
            (Order::Equal, true) => "not_equal",
            (Order::Less, false) => "less",
            (Order::Less, true) => "not_less",
            (Order::LessOrEqual, false) => "less_or_equal",
            (Order::LessOrEqual, true) => "not_less_or_equal",
            (Order::Greater, false) => "greater",
            (Order::Greater, true) => "not_greater",
            (Order::GreaterOrEqual, false) => "greater_or_equal",
            (Order::GreaterOrEqual, true) => "not_greater_or_equal",
        },
    }
}
