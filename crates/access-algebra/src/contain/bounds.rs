//! What an Access is at least, and at most, whatever the strings are that nobody gave us.
//!
//! In goes an Access that may have facts and values missing or conditions that nobody understands; out comes one that
//! has none, and that lies within it or around it for every way of filling them in. A request that the least plan
//! allows and the greatest approval does not is a witness that rests on nothing missing.
//!
//! Also here: an Access with one policy variable pinned to one value.

use std::borrow::Cow;
use std::sync::Arc;

use crate::{
    Access, Condition, Effect, Hole, HoleKind, Pattern, Quantifier, Statement, Strings, Test, Token,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bound {
    Least,
    Greatest,
}

impl Bound {
    fn opposite(self) -> Self {
        match self {
            Self::Least => Self::Greatest,
            Self::Greatest => Self::Least,
        }
    }
}

/// What the Access is at least.
pub(super) fn least(access: &Access) -> Access {
    bounded(access, Bound::Least)
}

/// What the Access is at most.
pub(super) fn greatest(access: &Access) -> Access {
    bounded(access, Bound::Greatest)
}

fn bounded(access: &Access, bound: Bound) -> Access {
    let statement = |statement: &Statement| match statement.effect {
        Effect::Allow => bounded_statement(statement, bound),
        Effect::Deny => bounded_statement(statement, bound.opposite()),
    };
    Access { statements: access.statements.iter().filter_map(statement).collect() }
}

fn bounded_statement(statement: &Statement, bound: Bound) -> Option<Statement> {
    let mut conditions = Vec::with_capacity(statement.conditions.len());
    for condition in &statement.conditions {
        let quantifier = match condition.quantifier {
            Quantifier::One | Quantifier::Unsaid => Quantifier::One,
            Quantifier::Any => Quantifier::Any,
            Quantifier::All => Quantifier::All,
        };
        match (&condition.test, bound) {
            // At most it holds of all values, at least of none but a single one.
            (
                Test::Text { .. } | Test::Number { .. } | Test::Date { .. } | Test::Address { .. },
                Bound::Greatest,
            ) if condition.quantifier == Quantifier::Unsaid => {}
            (Test::Opaque(_), Bound::Least) => return None,
            (Test::Opaque(_), Bound::Greatest) => {}
            (Test::Text { values, negated }, _) => {
                let bound = if *negated { bound.opposite() } else { bound };
                let test = Test::Text { values: patterns(values, bound), negated: *negated };
                conditions.push(Condition { test, quantifier, ..condition.clone() });
            }
            (Test::Number { .. } | Test::Date { .. } | Test::Address { .. } | Test::Present(_), _) => {
                conditions.push(Condition { quantifier, ..condition.clone() });
            }
        }
    }
    Some(Statement {
        effect: statement.effect,
        principals: strings(&statement.principals, bound),
        actions: strings(&statement.actions, bound),
        resources: strings(&statement.resources, bound),
        conditions,
    })
}

fn strings(strings: &Strings, bound: Bound) -> Strings {
    Strings {
        include: patterns(&strings.include, bound),
        exclude: patterns(&strings.exclude, bound.opposite()),
    }
}

fn patterns(patterns: &[Pattern], bound: Bound) -> Vec<Pattern> {
    patterns.iter().filter_map(|pattern| bounded_pattern(pattern, bound)).map(Cow::into_owned).collect()
}

fn bounded_pattern(pattern: &Pattern, bound: Bound) -> Option<Cow<'_, Pattern>> {
    let missing = |hole: &Hole| match hole.kind {
        HoleKind::Fact | HoleKind::Unknown | HoleKind::Unreadable => true,
        HoleKind::Variable => false,
    };
    if !pattern.holes().any(missing) {
        return Some(Cow::Borrowed(pattern));
    }
    let run = |token: &Token| match token {
        Token::Hole(hole) if missing(hole) => Token::Run(None),
        Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_) => {
            token.clone()
        }
    };
    match bound {
        Bound::Least => None,
        Bound::Greatest => Some(Cow::Owned(Pattern::new(pattern.tokens().iter().map(run)))),
    }
}

/// The Access for requests in which a policy variable has this value.
pub(super) fn pinned(access: &Access, variable: &Arc<str>, value: &str) -> Access {
    let mut pinned = access.clone();
    pinned.statements.iter_mut().for_each(|statement| pin_statement(statement, variable, value));
    pinned
}

/// The same for one statement.
pub(super) fn pin_statement(statement: &mut Statement, variable: &Arc<str>, value: &str) {
    {
        for strings in [&mut statement.principals, &mut statement.actions, &mut statement.resources] {
            strings
                .include
                .iter_mut()
                .chain(&mut strings.exclude)
                .for_each(|pattern| pin(pattern, variable, value));
        }
        for condition in &mut statement.conditions {
            if let Test::Text { values, .. } = &mut condition.test {
                values.iter_mut().for_each(|pattern| pin(pattern, variable, value));
            }
        }
    }
}

/// Every pattern that a statement is written with.
pub(super) fn patterns_of(statement: &Statement) -> impl Iterator<Item = &Pattern> {
    let sets = [&statement.principals, &statement.actions, &statement.resources];
    let written = sets.into_iter().flat_map(|set| set.include.iter().chain(&set.exclude));
    let tested = statement.conditions.iter().flat_map(|condition| match &condition.test {
        Test::Text { values, .. } => values.as_slice(),
        Test::Number { .. }
        | Test::Date { .. }
        | Test::Address { .. }
        | Test::Present(_)
        | Test::Opaque(_) => &[],
    });
    written.chain(tested)
}

/// The Access with those of its allowing statements only that stand at these places.
pub(super) fn only(access: &Access, places: &[usize]) -> Access {
    let kept = |(at, statement): &(usize, &Statement)| {
        statement.effect == Effect::Deny || places.binary_search(at).is_ok()
    };
    Access {
        statements: access.statements.iter().enumerate().filter(kept).map(|(_, one)| one.clone()).collect(),
    }
}

/// Adds a demand to each allowing statement.
pub(super) fn demand(access: &mut Access, condition: &Condition) {
    for statement in access.statements.iter_mut().filter(|statement| statement.effect == Effect::Allow) {
        statement.conditions.push(condition.clone());
    }
}

/// The Access for requests that have no value for a policy variable, or several: what holds one spells nothing.
pub(super) fn without(access: &Access, variable: &Arc<str>) -> Access {
    let mut without = access.clone();
    let spells = |pattern: &Pattern| !pattern.holes().any(|hole| is_variable(hole, variable));
    for statement in &mut without.statements {
        for strings in [&mut statement.principals, &mut statement.actions, &mut statement.resources] {
            strings.include.retain(spells);
            strings.exclude.retain(spells);
        }
        for condition in &mut statement.conditions {
            if let Test::Text { values, .. } = &mut condition.test {
                values.retain(spells);
            }
        }
    }
    without
}

fn pin(pattern: &mut Pattern, variable: &Arc<str>, value: &str) {
    let own = |hole: &Hole| is_variable(hole, variable);
    if pattern.holes().any(own) {
        *pattern = Pattern::new(pattern.tokens().iter().map(|token| match token {
            Token::Hole(hole) if own(hole) => Token::Literal(value.into()),
            Token::Literal(_) | Token::Folded(_) | Token::One(_) | Token::Run(_) | Token::Hole(_) => {
                token.clone()
            }
        }));
    }
}

fn is_variable(hole: &Hole, variable: &Arc<str>) -> bool {
    hole.kind == HoleKind::Variable && hole.name == *variable
}
