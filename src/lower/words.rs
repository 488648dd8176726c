//! Statements in words, for people: without what goes without saying.

use super::aws;
use super::mode::{ASSIGNMENT, GRANTABLE};
use access_algebra::{Condition, Statement, Test};

/// A statement in words, without the conditions that say only that the access is held as access usually is: for good,
/// and not passed on; and without what no policy can speak of.
pub fn in_words(statement: &Statement) -> String {
    let mut plain = statement.clone();
    plain.conditions.retain(|condition| !is_usual(condition));
    plain.actions.exclude.retain(|pattern| !aws::no_actions().contains(pattern));
    plain.to_string()
}

fn is_usual(condition: &Condition) -> bool {
    let negated = match condition.test {
        Test::Text { negated, .. } => negated,
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Opaque(_) => return false,
    };
    let key = &*condition.key;
    condition.if_absent && (key == ASSIGNMENT && !negated || key == GRANTABLE && negated)
}
