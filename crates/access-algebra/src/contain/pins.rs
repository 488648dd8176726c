//! Policy variables whose values a statement itself gives.
//!
//! In goes an Access; out comes the same set of requests, with `${k}` replaced in every statement that demands a
//! single value of `k` out of a few that are written out. Without this the two would be taken to vary apart.

use std::borrow::Cow;
use std::sync::Arc;

use super::bounds;
use crate::{Access, Condition, Hole, HoleKind, Pattern, Quantifier, Statement, Test, Token};

/// A statement is split into at most so many.
const MOST: usize = 8;

/// The Access with variables replaced where their statement pins them, and where a key is compared with itself.
pub(super) fn resolved(access: &Access) -> Cow<'_, Access> {
    let refers = |statement: &Statement| statement.conditions.iter().any(refers_to_itself);
    if !access.statements.iter().any(|statement| pinned(statement).is_some() || refers(statement)) {
        return Cow::Borrowed(access);
    }
    let mut statements = Vec::with_capacity(access.statements.len());
    for statement in &access.statements {
        let mut statement = statement.clone();
        statement.conditions.iter_mut().filter(|condition| refers_to_itself(condition)).for_each(unrefer);
        split(statement, &mut statements);
    }
    Cow::Owned(Access { statements })
}

fn refers_to_itself(condition: &Condition) -> bool {
    match &condition.test {
        Test::Text { values, .. } => values.iter().any(|pattern| occurrences(pattern, &condition.key) > 0),
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Opaque(_) => false,
    }
}

/// A value is longer than itself with something added, so that such a pattern spells none; with nothing added, or with
/// runs that may be empty, it spells each, and twice itself is the empty one. Several values are no variable's, and are left alone where a
/// condition ranges over them.
fn unrefer(condition: &mut Condition) {
    let Test::Text { values, .. } = &mut condition.test else { return };
    let key = &condition.key;
    let adds = |token: &Token| matches!(token, Token::Literal(_) | Token::Folded(_) | Token::One(_));
    values.retain(|pattern| occurrences(pattern, key) == 0 || !pattern.tokens().iter().any(adds));
    if condition.quantifier != Quantifier::One {
        return;
    }
    for pattern in values {
        let only_itself = pattern.tokens().iter().all(|token| match token {
            Token::Hole(hole) => is_own(hole, key),
            Token::Run(_) => true,
            Token::Literal(_) | Token::Folded(_) | Token::One(_) => false,
        });
        match occurrences(pattern, key) {
            1 if only_itself => *pattern = Pattern::any(),
            2.. if only_itself => *pattern = Pattern::literal(""),
            _ => {}
        }
    }
}

fn occurrences(pattern: &Pattern, key: &Arc<str>) -> usize {
    pattern.holes().filter(|hole| is_own(hole, key)).count()
}

fn is_own(hole: &Hole, key: &Arc<str>) -> bool {
    hole.kind == HoleKind::Variable && hole.name == *key
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
    bounds::patterns_of(statement).flat_map(Pattern::holes).any(|hole| is_own(hole, key))
}
