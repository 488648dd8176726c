//! Compared access on the wire: statements as their clouds' policies have them, complete.
//!
//! Thousands of findings may show the same approval and the same excess, so that each statement and each list of actions
//! stands once in a table, and findings refer to its place.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

use crate::finding::{
    AccessCondition, AccessException, AccessStatement, ComparedAccess, ConditionOperator,
    ConditionQuantifier, PlannedAccess,
};
use access_algebra::{Effect, Order};

/// Places in the table of statements; `planned` is null where the plan marks it as sensitive.
#[derive(Serialize)]
pub(super) struct AccessWire {
    planned: Option<Vec<usize>>,
    approved: Vec<usize>,
}

/// What findings refer to: each thing once, in the order in which it is met.
#[derive(Debug)]
pub(super) struct Table<'a, T: ?Sized> {
    entries: Vec<&'a T>,
    places: HashMap<&'a T, usize>,
}

impl<T: ?Sized> Default for Table<'_, T> {
    fn default() -> Self {
        Self { entries: Vec::new(), places: HashMap::new() }
    }
}

impl<'a, T: Hash + Eq + ?Sized> Table<'a, T> {
    /// The place of an entry, from zero.
    pub(super) fn place(&mut self, entry: &'a T) -> usize {
        *self.places.entry(entry).or_insert_with(|| {
            self.entries.push(entry);
            self.entries.len() - 1
        })
    }

    pub(super) fn entries(&self) -> &[&'a T] {
        &self.entries
    }
}

#[derive(Serialize)]
pub(super) struct StatementWire<'a> {
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

impl AccessWire {
    pub(super) fn new<'a>(access: &'a ComparedAccess, table: &mut Table<'a, AccessStatement>) -> Self {
        let planned = match &access.planned {
            PlannedAccess::Sensitive => None,
            PlannedAccess::Statements(statements) => Some(statements),
        };
        let mut places = |statements: &'a [AccessStatement]| {
            statements.iter().map(|statement| table.place(statement)).collect::<Vec<_>>()
        };
        Self { planned: planned.map(|statements| places(statements)), approved: places(&access.approved) }
    }
}

impl<'a> StatementWire<'a> {
    pub(super) fn new(statement: &'a AccessStatement) -> Self {
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
