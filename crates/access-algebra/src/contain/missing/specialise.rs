//! Constant propagation for policy variables.
//!
//! Takes a [`Question`] and returns questions that together cover the same requests. A planned statement that requires
//! `k` to be one of a few literals becomes one question for each literal, in which the literal replaces `${k}` in every
//! statement of both sides; one that requires `k` to be absent becomes a question in which `${k}` matches nothing.
//! Without that, `k` and `${k}` would be taken to vary independently. Nothing is searched, and no value is tried that is
//! not written out.

use std::borrow::Cow;
use std::sync::Arc;

use super::{Rewrite, is_variable, list_patterns, list_variables};
use crate::{Access, Condition, Effect, Pattern, Quantifier, Statement, Test, Token};

/// Literals of one condition up to which it is split. The random families have at most two, so no figure asks for more;
/// beyond this many, one condition alone would multiply its statement by more than [`MAX_PIECES`] allows for two.
const MAX_LITERALS: usize = 8;

/// Statements into which one statement is split: two conditions of [`MAX_LITERALS`]. Without a limit, ten such conditions
/// make a thousand million.
const MAX_PIECES: usize = MAX_LITERALS * MAX_LITERALS;

/// Questions with constants of their own. Each copies the approved statements; statements beyond this many stay in the
/// general question, which is only less exact.
const MAX_QUESTIONS: usize = 64;

/// `planned ⊆ approved`, for some of the requests of the question that was asked first.
#[derive(Clone, Debug)]
pub(in crate::contain) struct Question<'a> {
    pub(in crate::contain) approved: Cow<'a, Access>,
    pub(in crate::contain) planned: Cow<'a, Access>,
}

impl<'a> Question<'a> {
    pub(in crate::contain) fn new(approved: &'a Access, planned: &'a Access) -> Self {
        Self { approved: Cow::Borrowed(approved), planned: Cow::Borrowed(planned) }
    }

    /// The question for those of the planned allowances only that are at these places, in ascending order.
    pub(in crate::contain) fn restrict(&mut self, places: &[usize]) {
        let is_kept = |(place, statement): &(usize, &Statement)| {
            statement.effect == Effect::Deny || places.binary_search(place).is_ok()
        };
        let kept = self.planned.statements.iter().enumerate().filter(is_kept);
        self.planned =
            Cow::Owned(Access { statements: kept.map(|(_, statement)| statement.clone()).collect() });
    }

    /// The question under several assumptions.
    fn assume_all(&self, rewrites: &[Rewrite<'_>]) -> Question<'static> {
        let apply = |access: &Access| rewrites.iter().fold(access.clone(), |access, one| one.apply(&access));
        Question { approved: Cow::Owned(apply(&self.approved)), planned: Cow::Owned(apply(&self.planned)) }
    }
}

/// Splits a question by the constants of its planned statements.
pub(in crate::contain) fn propagate_constants<'a>(question: Question<'a>) -> Vec<Question<'a>> {
    let statements = || question.approved.statements.iter().chain(&question.planned.statements);
    let is_relevant = |condition: &Condition| {
        is_self_referring(condition) || requires_absence(condition) || list_literals(condition).is_some()
    };
    if !statements().any(|statement| statement.conditions.iter().any(is_relevant)) {
        return vec![question];
    }
    let variables = list_variables(&question.approved, &question.planned, None);
    if variables.is_empty() {
        return vec![question];
    }
    let is_variable_key = |key: &Arc<str>| variables.binary_search(&key).is_ok();
    let mut approved = Vec::with_capacity(question.approved.statements.len());
    for statement in &question.approved.statements {
        approved.extend(split_statement(statement, refers_to));
    }
    let approved = Access { statements: approved };
    let (mut general, mut with_constants) = (Vec::new(), Vec::new());
    for statement in &question.planned.statements {
        match statement.effect {
            Effect::Deny => general.extend(split_statement(statement, refers_to)),
            Effect::Allow => {
                for piece in split_statement(statement, |_, key| is_variable_key(key)) {
                    let has_constants = !list_constants(&piece, is_variable_key).is_empty();
                    if has_constants && with_constants.len() < MAX_QUESTIONS {
                        with_constants.push(piece);
                    } else {
                        general.push(piece);
                    }
                }
            }
        }
    }
    let denials = || general.iter().filter(|statement| statement.effect == Effect::Deny).cloned();
    let mut questions = Vec::with_capacity(with_constants.len() + 1);
    for piece in &with_constants {
        let constants = list_constants(piece, is_variable_key);
        let planned = Access { statements: std::iter::once(piece.clone()).chain(denials()).collect() };
        let question = Question { approved: Cow::Borrowed(&approved), planned: Cow::Owned(planned) };
        questions.push(question.assume_all(&constants));
    }
    questions.push(Question {
        approved: Cow::Owned(approved),
        planned: Cow::Owned(Access { statements: general }),
    });
    questions
}

/// The statement without self-references, split by the literals of its conditions on the keys that matter.
fn split_statement(statement: &Statement, matters: impl Fn(&Statement, &Arc<str>) -> bool) -> Vec<Statement> {
    let mut statement = statement.clone();
    statement.conditions.iter_mut().filter(|one| is_self_referring(one)).for_each(simplify_self_reference);
    let (mut open, mut finished) = (vec![statement], Vec::new());
    // Each split fixes one condition or removes one variable, so that this ends.
    while let Some(piece) = open.pop() {
        let split = split_once(&piece, &matters);
        match split.filter(|pieces| open.len() + finished.len() + pieces.len() <= MAX_PIECES) {
            Some(pieces) => open.extend(pieces.into_iter().rev()),
            None => finished.push(piece),
        }
    }
    finished
}

/// The statement split by the first condition that is worth it.
fn split_once(
    statement: &Statement,
    matters: impl Fn(&Statement, &Arc<str>) -> bool,
) -> Option<Vec<Statement>> {
    statement.conditions.iter().enumerate().find_map(|(index, condition)| {
        let literals = list_literals(condition)?;
        let key = &condition.key;
        let is_worth_it = refers_to(statement, key) || (literals.len() != 1 && matters(statement, key));
        is_worth_it.then(|| literals.iter().map(|value| fix(statement, index, key, value)).collect())
    })
}

/// The statement for requests in which a condition's key has this value.
fn fix(statement: &Statement, index: usize, key: &Arc<str>, value: &Arc<str>) -> Statement {
    let mut statement = statement.clone();
    if let Some(condition) = statement.conditions.get_mut(index) {
        condition.test = Test::Text { values: vec![Pattern::literal(value)], negated: false };
    }
    let substitute = Rewrite::Substitute { key, value: Arc::clone(value) };
    substitute.apply_to_statement(&statement).unwrap_or(statement)
}

/// The policy variables whose value a statement fixes: to a literal, or to none because their key must be absent.
fn list_constants<'s>(
    statement: &'s Statement,
    is_variable_key: impl Fn(&Arc<str>) -> bool,
) -> Vec<Rewrite<'s>> {
    let conditions = statement.conditions.iter().filter(|condition| is_variable_key(&condition.key));
    let constants = conditions.filter_map(|condition| {
        let key = &condition.key;
        if requires_absence(condition) {
            return Some(Rewrite::NoSingleValue { key });
        }
        match list_literals(condition)?.as_slice() {
            [value] => Some(Rewrite::Substitute { key, value: Arc::clone(value) }),
            _ => None,
        }
    });
    constants.collect()
}

/// Whether a condition holds only where its key is absent.
fn requires_absence(condition: &Condition) -> bool {
    match &condition.test {
        Test::Present(is_present) => !is_present,
        // No value matches one of no patterns, which is what is left of `x${k}` in a condition on `k`.
        Test::Text { values, negated } => {
            values.is_empty() && !negated && condition.quantifier != Quantifier::All
        }
        Test::Number { .. } | Test::Date { .. } | Test::Address { .. } | Test::Opaque(_) => false,
    }
}

/// The literals of which the single value of a condition's key must be one.
fn list_literals(condition: &Condition) -> Option<Vec<Arc<str>>> {
    if condition.if_absent || condition.quantifier != Quantifier::One {
        return None;
    }
    match &condition.test {
        Test::Text { values, negated: false } if values.len() <= MAX_LITERALS => {
            values.iter().map(|value| value.as_literal().map(Arc::from)).collect()
        }
        Test::Text { .. }
        | Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Opaque(_) => None,
    }
}

fn refers_to(statement: &Statement, key: &Arc<str>) -> bool {
    list_patterns(statement).flat_map(Pattern::holes).any(|hole| is_variable(hole, key))
}

fn is_self_referring(condition: &Condition) -> bool {
    match &condition.test {
        Test::Text { values, .. } => values.iter().any(|pattern| count_variable(pattern, &condition.key) > 0),
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Opaque(_) => false,
    }
}

/// Simplifies patterns with `${k}` in a condition on `k`. `x${k}` never matches: no string equals itself with `x` added.
/// `${k}` and `*${k}*` always match. `${k}${k}` matches only the empty string. A key with several values gives its
/// variable none, so only the first holds where a condition ranges over values.
fn simplify_self_reference(condition: &mut Condition) {
    let Test::Text { values, .. } = &mut condition.test else { return };
    let key = &condition.key;
    let adds_text = |token: &Token| matches!(token, Token::Literal(_) | Token::Folded(_) | Token::One(_));
    values.retain(|pattern| count_variable(pattern, key) == 0 || !pattern.tokens().iter().any(adds_text));
    if condition.quantifier != Quantifier::One {
        return;
    }
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

#[cfg(test)]
mod tests {
    use super::{MAX_LITERALS, MAX_PIECES, Question, propagate_constants};
    use crate::{Access, Condition, Effect, HoleKind, Pattern, Quantifier, Statement, Strings, Test};

    /// Conditions that could be split into eight to the power of ten statements.
    #[test]
    fn a_hostile_statement_is_split_within_limits() {
        let keys: Vec<String> = (0..10).map(|number| format!("k{number}")).collect();
        let variables = keys.iter().map(|key| Pattern::hole(HoleKind::Variable, key));
        let condition = |key: &String| {
            let values = (0..MAX_LITERALS).map(|number| Pattern::literal(&format!("v{number}"))).collect();
            let test = Test::Text { values, negated: false };
            Condition { key: key.as_str().into(), test, quantifier: Quantifier::One, if_absent: false }
        };
        let statement = Statement {
            effect: Effect::Allow,
            principals: Strings::any(),
            actions: Strings::any(),
            resources: Strings::of(variables),
            conditions: keys.iter().map(condition).collect(),
        };
        let (nothing, planned) = (Access::default(), Access { statements: vec![statement] });
        let questions = propagate_constants(Question::new(&nothing, &planned));
        let pieces: usize = questions.iter().map(|question| question.planned.statements.len()).sum();
        assert!((2..=MAX_PIECES).contains(&pieces), "{pieces} statements");
    }
}
