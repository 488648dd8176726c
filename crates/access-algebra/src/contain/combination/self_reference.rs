//! A policy variable in a condition on its own key.
//!
//! Takes a condition on a key that has a single value and simplifies the patterns that name the same key, as an equation
//! of words with one unknown on both sides. `x${k}` never matches: no string equals itself with `x` added. `${k}` and
//! `*${k}*` always match. `${k}${k}` matches only the empty string.

use std::sync::Arc;

use crate::contain::missing::is_variable;
use crate::{Condition, Pattern, Test, Token};

/// Simplifies the patterns of a condition on a key with a single value.
pub(super) fn simplify_self_reference(condition: &mut Condition) {
    let Test::Text { values, .. } = &mut condition.test else { return };
    let key = &condition.key;
    let adds_text = |token: &Token| matches!(token, Token::Literal(_) | Token::Folded(_) | Token::One(_));
    values.retain(|pattern| count_variable(pattern, key) == 0 || !pattern.tokens().iter().any(adds_text));
    for pattern in values {
        let is_only_itself = pattern.tokens().iter().all(|token| match token {
            Token::Hole(hole) => is_variable(hole, key),
            // A run may be empty, whatever it stops at.
            Token::Run(_) => true,
            Token::Literal(_) | Token::Folded(_) | Token::One(_) => false,
        });
        match count_variable(pattern, key) {
            1 if is_only_itself => *pattern = Pattern::any(),
            2.. if is_only_itself => *pattern = Pattern::literal(""),
            _ => {}
        }
    }
}

fn count_variable(pattern: &Pattern, key: &Arc<str>) -> usize {
    pattern.holes().filter(|hole| is_variable(hole, key)).count()
}
