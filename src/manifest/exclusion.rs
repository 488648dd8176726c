//! What `except` takes out of a grant.
//!
//! In go a grant's statements and an exclusion in words; out come statements that mean the one without the other.
//! An exclusion does not become a denying statement: denials are global in an Access, so it would cut into the
//! other grants and into other approvals. It is taken out of the grant's own statements instead, box by box:
//! `A×B less a×b` is `(A less a)×B` and `A×(B less b)`, and the same for every condition.
//!
//! Wherever that cannot be said exactly, more is taken out than was asked, never less.

use crate::lower::{Dialect, Side, Terms, Text, lower};
use access_algebra::{Condition, Effect, Pattern, Quantifier, Statement, Strings, Test, Token};

use super::approval::Exclusion;

/// More statements than this in one grant are more exclusions than anybody can review.
const MAX_STATEMENTS: usize = 1_000;

/// Takes an exclusion out of the grant's statements, or says why that cannot be done.
pub(super) fn take_out(
    dialect: Dialect,
    grant: &Terms,
    exclusion: &Exclusion,
    statements: &mut Vec<Statement>,
) -> Result<(), String> {
    // The approved side, because that is the side whose author writes `*` and means it. What it drops in doubt would
    // not be taken out, so a doubt is refused.
    let lowered = lower(dialect, Side::Approved, &words(dialect, grant, exclusion));
    if let Some(doubt) = lowered.doubts.first() {
        return Err(doubt.to_string());
    }
    let boxes: Vec<_> =
        lowered.access.statements.iter().filter(|statement| statement.effect == Effect::Allow).collect();
    if boxes.is_empty() && !statements.is_empty() {
        return Err("it means nothing in this dialect".to_owned());
    }
    for taken in boxes {
        let mut rest: Vec<Statement> = Vec::new();
        for from in statements.drain(..) {
            for statement in less(from, taken) {
                if !rest.contains(&statement) {
                    rest.push(statement);
                }
            }
            if rest.len() > MAX_STATEMENTS {
                return Err("there are too many exclusions in one grant".to_owned());
            }
        }
        *statements = rest;
    }
    Ok(())
}

/// The exclusion in the grant's words wherever it has none of its own.
fn words(dialect: Dialect, grant: &Terms, exclusion: &Exclusion) -> Terms {
    let or_all = |some: &[Text], all: &[Text]| if some.is_empty() { all.to_vec() } else { some.to_vec() };
    let mut terms = Terms {
        principals: or_all(&exclusion.principals, &grant.principals),
        resources: or_all(&exclusion.resources, &grant.resources),
        // The same mode means the same conditions, which then take nothing away from the box.
        mode: grant.mode.clone(),
        ..Terms::default()
    };
    if exclusion.actions.is_empty() {
        terms.actions.clone_from(&grant.actions);
        terms.data_actions.clone_from(&grant.data_actions);
        terms.roles.clone_from(&grant.roles);
    } else {
        terms.actions.clone_from(&exclusion.actions);
        // The author need not know on which of Azure's planes an action is.
        if dialect == Dialect::Azure {
            terms.data_actions.clone_from(&exclusion.actions);
        }
    }
    terms
}

/// One statement less one box.
fn less(from: Statement, taken: &Statement) -> Vec<Statement> {
    if from.effect == Effect::Deny || are_apart(&from, taken) {
        return vec![from];
    }
    let mut rest = Vec::new();
    if let Some(principals) = without(&from.principals, &taken.principals) {
        rest.push(Statement { principals, ..from.clone() });
    }
    if let Some(actions) = without(&from.actions, &taken.actions) {
        rest.push(Statement { actions, ..from.clone() });
    }
    if let Some(resources) = without(&from.resources, &taken.resources) {
        rest.push(Statement { resources, ..from.clone() });
    }
    for condition in &taken.conditions {
        if !from.conditions.contains(condition) {
            rest.extend(opposite(condition).map(|condition| {
                let mut statement = from.clone();
                statement.conditions.push(condition);
                statement
            }));
        }
    }
    rest
}

/// What is left of one set without another; none where that is nothing. What the other leaves out again is not read.
fn without(from: &Strings, taken: &Strings) -> Option<Strings> {
    if from == taken || taken.include.iter().any(Pattern::is_any) {
        return None;
    }
    let mut rest = from.clone();
    rest.exclude.extend(taken.include.iter().filter(|pattern| !from.exclude.contains(pattern)).cloned());
    Some(rest)
}

/// Whether no request is in both, as far as that is seen at a glance. Taking a box out of what it does not touch
/// would be right as well, and would double the statements each time.
fn are_apart(one: &Statement, other: &Statement) -> bool {
    let no_common = |one: &[Pattern], other: &[Pattern]| {
        one.iter().all(|one| other.iter().all(|other| are_different_texts(one, other)))
    };
    no_common(&one.principals.include, &other.principals.include)
        || no_common(&one.actions.include, &other.actions.include)
        || no_common(&one.resources.include, &other.resources.include)
        || one.conditions.iter().any(|one| {
            other.conditions.iter().any(|other| {
                one.key == other.key
                    && matches!((texts(one), texts(other)), (Some(one), Some(other)) if no_common(one, other))
            })
        })
}

/// The texts of which the one value of a key must be one.
fn texts(condition: &Condition) -> Option<&[Pattern]> {
    match (&condition.test, condition.quantifier, condition.if_absent) {
        (Test::Text { values, negated: false }, Quantifier::One, false) => Some(values),
        (
            Test::Text { .. }
            | Test::Number { .. }
            | Test::Date { .. }
            | Test::Address { .. }
            | Test::Present(_)
            | Test::Opaque(_),
            Quantifier::One | Quantifier::Unsaid | Quantifier::Any | Quantifier::All,
            true | false,
        ) => None,
    }
}

fn are_different_texts(one: &Pattern, other: &Pattern) -> bool {
    match (one.tokens(), other.tokens()) {
        ([Token::Literal(one)], [Token::Literal(other)]) | ([Token::Folded(one)], [Token::Folded(other)]) => {
            one != other
        }
        ([Token::Literal(one)], [Token::Folded(other)]) | ([Token::Folded(other)], [Token::Literal(one)]) => {
            one.to_lowercase() != **other
        }
        _ => false,
    }
}

/// A condition that holds of nothing of which this one holds; none where there is no such condition to be said.
fn opposite(condition: &Condition) -> Option<Condition> {
    let test = match &condition.test {
        Test::Text { values, negated } => Test::Text { values: values.clone(), negated: !negated },
        Test::Number { order, values, negated } => {
            Test::Number { order: *order, values: values.clone(), negated: !negated }
        }
        Test::Date { order, values, negated } => {
            Test::Date { order: *order, values: values.clone(), negated: !negated }
        }
        Test::Address { values, negated } => Test::Address { values: values.clone(), negated: !negated },
        Test::Present(is_there) => Test::Present(!is_there),
        Test::Opaque(_) => return None,
    };
    let quantifier = match condition.quantifier {
        Quantifier::One => Quantifier::One,
        Quantifier::Unsaid => return None,
        Quantifier::Any => Quantifier::All,
        Quantifier::All => Quantifier::Any,
    };
    Some(Condition { key: condition.key.clone(), test, quantifier, if_absent: !condition.if_absent })
}

#[cfg(test)]
mod tests;
