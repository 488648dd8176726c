//! The access that a finding shows: what is planned and what was approved, as data.
//!
//! Takes a grant, and an approval, and returns [`AccessStatement`]s. An approval is given as its author wrote it. A planned
//! document is given as it was read; under a condition in a language of its own, as it is written.
//!
//! Nothing is shortened here; the conditions that say only that access is held as it usually is are left out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::spelling::spell_action;
use crate::finding::{
    AccessCondition, AccessException, AccessStatement, ComparedAccess, ConditionOperator,
    ConditionQuantifier, NameSet, PlannedAccess,
};
use crate::grants::Grant;
use crate::lower::mode::{ASSIGNMENT, GRANTABLE, TTL};
use crate::lower::{AssignmentKind, Dialect, Mode, Terms, Text, words};
use crate::manifest::{Approval, Exclusion};
use access_algebra::{Condition, Effect, Order, Quantifier, Statement, Strings, Test};

use super::outcome::displayed_reading;

/// What approvals allow, converted once however many findings show it.
#[derive(Debug, Default)]
pub(super) struct ApprovedStatements {
    by_ticket: Mutex<HashMap<(String, Dialect), SharedStatements>>,
}

/// The statements of one approval in one dialect.
type SharedStatements = Arc<[AccessStatement]>;

impl ApprovedStatements {
    /// Returns what an approval allows in the dialect of a grant, beside what the grant would give.
    pub(super) fn compare(&self, grant: &Grant, approval: Option<&Approval>) -> ComparedAccess {
        ComparedAccess {
            planned: planned_access(grant),
            approved: approval
                .map_or_else(Arc::default, |approval| self.of_approval(approval, grant.dialect)),
        }
    }

    fn of_approval(&self, approval: &Approval, dialect: Dialect) -> SharedStatements {
        let mut known = self.by_ticket.lock().unwrap_or_else(PoisonError::into_inner);
        let statements = known.entry((approval.id.clone(), dialect)).or_insert_with(|| {
            let written = approval.written_grants().into_iter().filter(|(of, ..)| *of == dialect);
            written.map(|(_, terms, exclusions)| written_statement(&terms, &exclusions)).collect()
        });
        Arc::clone(statements)
    }
}

/// Returns what a grant would give.
fn planned_access(grant: &Grant) -> PlannedAccess {
    if grant.sensitive {
        return PlannedAccess::Sensitive;
    }
    // Read, a condition in a language of its own becomes many statements; its author knows it as it is written.
    let mut statements: Vec<AccessStatement> =
        if grant.terms.expression.is_some() && grant.terms.document.is_none() {
            vec![written_statement(&grant.terms, &[])]
        } else {
            let read = displayed_reading(grant).map(|reading| reading.access.statements.as_slice());
            let plain = |one| read_statement(&words::without_usual(one));
            read.unwrap_or_default().iter().map(plain).collect()
        };
    if grant.dialect == Dialect::Aws {
        statements.iter_mut().for_each(spell_actions);
    }
    PlannedAccess::Statements(statements)
}

/// Spells actions as AWS does: as they were read, they are in lower case.
fn spell_actions(statement: &mut AccessStatement) {
    let NameSet { names, except } = &mut statement.actions;
    for name in names.iter_mut().chain(except) {
        if let Some(spelled) = spell_action(name) {
            *name = spelled;
        }
    }
}

/// Converts terms as they are written.
fn written_statement(terms: &Terms, exclusions: &[Exclusion]) -> AccessStatement {
    let actions = terms.actions.iter().chain(&terms.data_actions).chain(&terms.roles);
    let not_actions = terms.not_actions.iter().chain(&terms.not_data_actions);
    AccessStatement {
        effect: Effect::Allow,
        principals: NameSet { names: spell_texts(&terms.principals), except: Vec::new() },
        actions: NameSet { names: spell_texts(actions), except: spell_texts(not_actions) },
        resources: NameSet { names: spell_texts(&terms.resources), except: Vec::new() },
        conditions: written_conditions(terms),
        exceptions: exclusions.iter().map(written_exception).collect(),
    }
}

/// Returns what terms demand, as it is written, and how the access is held.
pub fn written_conditions(terms: &Terms) -> Vec<AccessCondition> {
    let conditions = terms.conditions.iter().map(|one| AccessCondition::Test {
        key: one.key.to_string(),
        operator: ConditionOperator::Written(one.operator.clone()),
        values: spell_texts(&one.values),
        quantifier: ConditionQuantifier::One,
        if_absent: false,
    });
    let expression = terms.expression.iter().map(|text| AccessCondition::Expression(text.to_string()));
    conditions.chain(expression).chain(mode_conditions(&terms.mode)).collect()
}

fn written_exception(exclusion: &Exclusion) -> AccessException {
    AccessException {
        principals: spell_texts(&exclusion.principals),
        actions: spell_texts(&exclusion.actions),
        resources: spell_texts(&exclusion.resources),
    }
}

fn spell_texts<'a>(texts: impl IntoIterator<Item = &'a Text>) -> Vec<String> {
    texts.into_iter().map(ToString::to_string).collect()
}

/// How access is held, where that is not for good and without passing it on.
fn mode_conditions(mode: &Mode) -> impl Iterator<Item = AccessCondition> {
    let matches = ConditionOperator::Matches { negated: false };
    let assignment = mode.assignment.map(|assignment| match assignment {
        AssignmentKind::Eligible => "eligible",
        AssignmentKind::Active => "active",
    });
    let at_most = ConditionOperator::Compares { order: Order::LessOrEqual, negated: false };
    let assignment = assignment.map(|word| (ASSIGNMENT, matches.clone(), word.to_owned()));
    let grantable = mode.grantable.then(|| (GRANTABLE, matches, "true".to_owned()));
    let ttl = mode.ttl_seconds.map(|seconds| (TTL, at_most, seconds.to_string()));
    [assignment, grantable, ttl].into_iter().flatten().map(|(key, operator, value)| AccessCondition::Test {
        key: key.to_owned(),
        operator,
        values: vec![value],
        quantifier: ConditionQuantifier::One,
        if_absent: false,
    })
}

/// Converts a statement as it was read.
pub(super) fn read_statement(statement: &Statement) -> AccessStatement {
    AccessStatement {
        effect: statement.effect,
        principals: read_set(&statement.principals),
        actions: read_set(&statement.actions),
        resources: read_set(&statement.resources),
        conditions: statement.conditions.iter().map(read_condition).collect(),
        exceptions: Vec::new(),
    }
}

fn read_set(set: &Strings) -> NameSet {
    NameSet { names: written_values(&set.include), except: written_values(&set.exclude) }
}

fn written_values<T: ToString>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

fn read_condition(condition: &Condition) -> AccessCondition {
    let (operator, values) = match &condition.test {
        Test::Opaque(_) => return AccessCondition::Expression(condition.to_string()),
        Test::Present(true) => (ConditionOperator::Present, Vec::new()),
        Test::Present(false) => (ConditionOperator::Absent, Vec::new()),
        Test::Text { values, negated } => {
            (ConditionOperator::Matches { negated: *negated }, written_values(values))
        }
        Test::Part { set, negated, .. } => {
            (ConditionOperator::Matches { negated: *negated }, written_values(&set.include))
        }
        Test::Address { values, negated } => {
            (ConditionOperator::InNetworks { negated: *negated }, written_values(values))
        }
        Test::Number { order, values, negated } => {
            (ConditionOperator::Compares { order: *order, negated: *negated }, written_values(values))
        }
        Test::Date { order, values, negated } => {
            (ConditionOperator::Compares { order: *order, negated: *negated }, written_values(values))
        }
    };
    let quantifier = match condition.quantifier {
        Quantifier::One | Quantifier::Unsaid => ConditionQuantifier::One,
        Quantifier::Any => ConditionQuantifier::Any,
        Quantifier::All => ConditionQuantifier::All,
    };
    let key = condition.key.to_string();
    let is_presence = matches!(condition.test, Test::Present(_));
    let if_absent = condition.if_absent && !is_presence;
    AccessCondition::Test { key, operator, values, quantifier, if_absent }
}
