//! Compared access in a report: statements as their clouds' policies have them, complete.
//!
//! Thousands of findings may show the same approval and the same excess, so that each statement and each list of actions
//! stands once in a table, and findings refer to its place.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;

use serde::{Deserialize, Serialize};

use crate::finding::{
    AccessCondition, AccessException, AccessStatement, ComparedAccess, ConditionOperator,
    ConditionQuantifier, NameSet, PlannedAccess,
};
use access_algebra::Effect;

/// The effect of a statement that denies.
const DENY: &str = "deny";

/// The quantifier of a test that some value of its key has to pass.
const ANY: &str = "any";

/// The quantifier of a test that every value of its key has to pass.
const ALL: &str = "all";

/// Places in the table of statements; `planned` is null where the plan marks it as sensitive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct AccessEntry {
    pub(in crate::report::check) planned: Option<Vec<usize>>,
    pub(in crate::report::check) approved: Vec<usize>,
}

/// What findings refer to: each thing once, in the order in which it is met.
#[derive(Debug)]
pub(super) struct Table<'a, T: ?Sized> {
    entries: Vec<&'a T>,
    places: HashMap<&'a T, usize>,
    /// The same by where they stand in memory and how large they are there: most findings share what they show.
    by_address: HashMap<(usize, usize), usize>,
}

impl<T: ?Sized> Default for Table<'_, T> {
    fn default() -> Self {
        Self { entries: Vec::new(), places: HashMap::new(), by_address: HashMap::new() }
    }
}

impl<'a, T: Hash + Eq + ?Sized> Table<'a, T> {
    /// The place of an entry, from zero.
    pub(super) fn place(&mut self, entry: &'a T) -> usize {
        let address = (std::ptr::from_ref(entry).addr(), size_of_val(entry));
        *self.by_address.entry(address).or_insert_with(|| {
            *self.places.entry(entry).or_insert_with(|| {
                self.entries.push(entry);
                self.entries.len() - 1
            })
        })
    }

    pub(super) fn entries(&self) -> &[&'a T] {
        &self.entries
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct StatementEntry<'a> {
    pub(in crate::report::check) effect: Cow<'a, str>,
    pub(in crate::report::check) principals: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "is_empty")]
    pub(in crate::report::check) not_principals: Cow<'a, [String]>,
    pub(in crate::report::check) actions: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "is_empty")]
    pub(in crate::report::check) not_actions: Cow<'a, [String]>,
    pub(in crate::report::check) resources: Cow<'a, [String]>,
    #[serde(default, skip_serializing_if = "is_empty")]
    pub(in crate::report::check) not_resources: Cow<'a, [String]>,
    pub(in crate::report::check) conditions: Vec<ConditionEntry<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(in crate::report::check) except: Vec<ExceptionEntry<'a>>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(in crate::report::check) enum ConditionEntry<'a> {
    Test {
        key: Cow<'a, str>,
        operator: Cow<'a, str>,
        values: Cow<'a, [String]>,
        quantifier: Cow<'a, str>,
        if_absent: bool,
    },
    Expression {
        expression: Cow<'a, str>,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::report::check) struct ExceptionEntry<'a> {
    pub(in crate::report::check) principals: Cow<'a, [String]>,
    pub(in crate::report::check) actions: Cow<'a, [String]>,
    pub(in crate::report::check) resources: Cow<'a, [String]>,
}

fn is_empty(names: &[String]) -> bool {
    names.is_empty()
}

impl AccessEntry {
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

impl<'a> StatementEntry<'a> {
    pub(super) fn new(statement: &'a AccessStatement) -> Self {
        Self {
            effect: match statement.effect {
                Effect::Allow => "allow",
                Effect::Deny => DENY,
            }
            .into(),
            principals: (&statement.principals.names).into(),
            not_principals: (&statement.principals.except).into(),
            actions: (&statement.actions.names).into(),
            not_actions: (&statement.actions.except).into(),
            resources: (&statement.resources.names).into(),
            not_resources: (&statement.resources.except).into(),
            conditions: statement.conditions.iter().map(ConditionEntry::new).collect(),
            except: statement.exceptions.iter().map(ExceptionEntry::new).collect(),
        }
    }
}

impl StatementEntry<'_> {
    /// The statement that was written so.
    pub(in crate::report::check) fn to_statement(&self) -> AccessStatement {
        let set =
            |names: &[String], except: &[String]| NameSet { names: names.to_vec(), except: except.to_vec() };
        AccessStatement {
            effect: if self.effect == DENY { Effect::Deny } else { Effect::Allow },
            principals: set(&self.principals, &self.not_principals),
            actions: set(&self.actions, &self.not_actions),
            resources: set(&self.resources, &self.not_resources),
            conditions: self.conditions.iter().map(ConditionEntry::to_condition).collect(),
            exceptions: self.except.iter().map(ExceptionEntry::to_exception).collect(),
        }
    }
}

impl ConditionEntry<'_> {
    fn to_condition(&self) -> AccessCondition {
        match self {
            Self::Expression { expression } => AccessCondition::Expression(expression.to_string()),
            Self::Test { key, operator, values, quantifier, if_absent } => AccessCondition::Test {
                key: key.to_string(),
                operator: ConditionOperator::from_name(operator),
                values: values.to_vec(),
                quantifier: match &**quantifier {
                    ANY => ConditionQuantifier::Any,
                    ALL => ConditionQuantifier::All,
                    _ => ConditionQuantifier::One,
                },
                if_absent: *if_absent,
            },
        }
    }
}

impl ExceptionEntry<'_> {
    fn to_exception(&self) -> AccessException {
        AccessException {
            principals: self.principals.to_vec(),
            actions: self.actions.to_vec(),
            resources: self.resources.to_vec(),
        }
    }
}

impl<'a> ConditionEntry<'a> {
    fn new(condition: &'a AccessCondition) -> Self {
        match condition {
            AccessCondition::Expression(expression) => Self::Expression { expression: expression.into() },
            AccessCondition::Test { key, operator, values, quantifier, if_absent } => Self::Test {
                key: key.into(),
                operator: operator.name().into(),
                values: values.into(),
                quantifier: match quantifier {
                    ConditionQuantifier::One => "one",
                    ConditionQuantifier::Any => ANY,
                    ConditionQuantifier::All => ALL,
                }
                .into(),
                if_absent: *if_absent,
            },
        }
    }
}

impl<'a> ExceptionEntry<'a> {
    fn new(exception: &'a AccessException) -> Self {
        Self {
            principals: (&exception.principals).into(),
            actions: (&exception.actions).into(),
            resources: (&exception.resources).into(),
        }
    }
}
