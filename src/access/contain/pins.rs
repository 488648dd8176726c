//! Policy variables whose values a statement itself gives.
//!
//! In goes an Access; out comes the same set of requests, with `${k}` replaced in every statement that demands a
//! single value of `k` out of a few that are written out. Without this the two would be taken to vary apart.

use std::borrow::Cow;
use std::sync::Arc;

use super::bounds;
use crate::access::{Access, Condition, HoleKind, Pattern, Quantifier, Statement, Test};

/// A statement is split into at most so many.
const MOST: usize = 8;

/// The Access with variables replaced where their statement pins them.
pub(super) fn resolved(access: &Access) -> Cow<'_, Access> {
    if !access.statements.iter().any(|statement| pinned(statement).is_some()) {
        return Cow::Borrowed(access);
    }
    let mut statements = Vec::with_capacity(access.statements.len());
    for statement in &access.statements {
        split(statement.clone(), &mut statements);
    }
    Cow::Owned(Access { statements })
}

fn split(statement: Statement, into: &mut Vec<Statement>) {
    let Some((index, values)) = pinned(&statement) else {
        into.push(statement);
        return;
    };
    // Each value removes one variable from the statement, so that this ends.
    for value in values {
        let mut one = statement.clone();
        let Some(condition) = one.conditions.get_mut(index) else { continue };
        let key = Arc::clone(&condition.key);
        condition.test = Test::Text { values: vec![Pattern::literal(&value)], negated: false };
        bounds::pin_statement(&mut one, &key, &value);
        split(one, into);
    }
}

/// A condition by its index, and the values that it leaves to a variable of the statement.
fn pinned(statement: &Statement) -> Option<(usize, Vec<String>)> {
    statement.conditions.iter().enumerate().find_map(|(index, condition)| {
        let values = literals(condition)?;
        uses(statement, &condition.key).then_some((index, values))
    })
}

fn literals(condition: &Condition) -> Option<Vec<String>> {
    if condition.if_absent || condition.quantifier != Quantifier::One {
        return None;
    }
    match &condition.test {
        Test::Text { values, negated: false } if values.len() <= MOST => {
            values.iter().map(|value| value.as_literal().map(str::to_owned)).collect()
        }
        Test::Text { .. }
        | Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Opaque(_) => None,
    }
}

fn uses(statement: &Statement, key: &Arc<str>) -> bool {
    bounds::patterns_of(statement)
        .flat_map(Pattern::holes)
        .any(|hole| hole.kind == HoleKind::Variable && hole.name == *key)
}
